import { GanymedeError, value } from '@ganymede/tensor';
import { cosNear0, log, normalQuantile, sinNear0 } from './elementary-functions.js';
import { philox } from './philox.js';
import type { Distribution, Rng } from './rng.js';

/** Words generated at a time: small enough to stay in the first-level cache. */
const chunk = 4096;
const words = new Uint32Array(chunk);

/** What the second counter word separates: draws and permutations of one stream never share numbers. */
const purpose = { draw: 0, permutation: 1, key: 2 } as const;

interface Key {
  readonly k0: number;
  readonly k1: number;
}

/** Two 32-bit lanes of multiplicative hashing over UTF-16 units, finished by Philox under the seed. */
function keyOf(seed: number, stream: string): Key {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < stream.length; i++) {
    const unit = stream.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    a = (a << 13) | (a >>> 19);
    b = (b << 17) | (b >>> 15);
  }
  const out = new Uint32Array(4);
  philox(
    out,
    a ^ (b >>> 16),
    purpose.key,
    b ^ (a >>> 16),
    stream.length,
    seed >>> 0,
    Math.floor(seed / 2 ** 32),
  );
  return { k0: out[0] as number, k1: out[1] as number };
}

/** Calls `use(words, from, count)` for `total` words of the stream; `from` counts words from the start of the draw. */
function forWords(
  { k0, k1 }: Key,
  kind: number,
  call: number,
  total: number,
  use: (from: number, count: number) => void,
): void {
  for (let from = 0; from < total; from += chunk) {
    const count = Math.min(chunk, total - from);
    const view = count === chunk ? words : words.subarray(0, (count + 3) & ~3);
    philox(view, from / 4, kind, call >>> 0, Math.floor(call / 2 ** 32), k0, k1);
    use(from, count);
  }
}

const cosOfQuarter = Float64Array.of(1, 0, -1, 0);
const sinOfQuarter = Float64Array.of(0, 1, 0, -1);

/** Box and Muller 1958: words 2i and 2i+1 give elements 2i and 2i+1. |z| <= 6.8. */
function fillNormal(out: Float32Array, from: number, count: number, mean: number, std: number): void {
  const n = out.length;
  for (let i = 0; i < count; i += 2) {
    const radius = std * Math.sqrt(-2 * log(((words[i] as number) + 0.5) * 2 ** -32));
    const turn = words[i + 1] as number;
    // The angle is turn / 2^32 of a full turn: the nearest quarter, and a rest within an eighth of a turn.
    const rest = (turn << 2) >> 2;
    const quarter = ((turn - rest) >>> 30) & 3;
    const angle = rest * (Math.PI * 2 ** -31);
    const s = sinNear0(angle);
    const c = cosNear0(angle);
    // Turning by quarters with factors 0 and ±1 is exact, and has no branch to mispredict.
    const x = c * (cosOfQuarter[quarter] as number) - s * (sinOfQuarter[quarter] as number);
    const y = s * (cosOfQuarter[quarter] as number) + c * (sinOfQuarter[quarter] as number);
    out[from + i] = mean + radius * x;
    if (from + i + 1 < n) out[from + i + 1] = mean + radius * y;
  }
}

/** Φ(-2): the mass cut off on either side of a truncated normal. */
const below = 0.02275013194817921;

function drawFloats(
  key: Key,
  length: number,
  d: Exclude<Distribution, { kind: 'integers' }>,
  call: number,
): Float32Array {
  const out = new Float32Array(length);
  switch (d.kind) {
    case 'normal': {
      const { mean = 0, std = 1 } = d;
      forWords(key, purpose.draw, call, (length + 1) & ~1, (from, count) =>
        fillNormal(out, from, count, mean, std),
      );
      break;
    }
    case 'truncated-normal': {
      const { mean = 0, std = 1 } = d;
      forWords(key, purpose.draw, call, length, (from, count) => {
        for (let i = 0; i < count; i++) {
          const u = ((words[i] as number) + 0.5) * 2 ** -32;
          out[from + i] = mean + std * normalQuantile(below + u * (1 - 2 * below));
        }
      });
      break;
    }
    case 'uniform': {
      const { low = 0, high = 1 } = d;
      const scale = (high - low) * 2 ** -24;
      const top = Math.fround(high);
      forWords(key, purpose.draw, call, length, (from, count) => {
        for (let i = 0; i < count; i++) {
          const x = Math.fround(low + ((words[i] as number) >>> 8) * scale);
          out[from + i] = x < top ? x : low; // Rounding to float32 may reach `high`, which is excluded.
        }
      });
      break;
    }
    case 'gumbel':
      forWords(key, purpose.draw, call, length, (from, count) => {
        for (let i = 0; i < count; i++) out[from + i] = -log(-log(((words[i] as number) + 0.5) * 2 ** -32));
      });
      break;
  }
  return out;
}

/** 53 bits per integer: the probabilities of two values differ by less than (high - low) / 2^53. */
function drawIntegers(key: Key, length: number, low: number, high: number, call: number): Int32Array {
  if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low) {
    throw new GanymedeError('GANYMEDE_DISTRIBUTION', {
      message: `expected integers on [low, high) with low < high, received low ${low}, high ${high}`,
    });
  }
  const out = new Int32Array(length);
  const scale = (high - low) * 2 ** -53;
  forWords(key, purpose.draw, call, 2 * length, (from, count) => {
    for (let i = 0; i < count; i += 2) {
      const bits = (words[i] as number) * 2 ** 21 + ((words[i + 1] as number) >>> 11);
      out[(from + i) / 2] = low + Math.floor(bits * scale);
    }
  });
  return out;
}

/**
 * The root generator of a run. `seed` is a whole number from 0 to 2^53 - 1 (`GANYMEDE_SEED` otherwise). Streams are independent by name; element i of a
 * draw does not depend on how many elements are drawn.
 */
export function createRng(seed: number, stream = ''): Rng {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new GanymedeError('GANYMEDE_SEED', {
      message: `expected a seed that is a whole number from 0 to 2^53 - 1, received ${seed}`,
    });
  }
  const key = keyOf(seed, stream);
  return Object.freeze<Rng>({
    seed,
    stream,
    child: (name) => createRng(seed, stream === '' ? name : `${stream}/${name}`),
    draw: (shape, distribution, call = 0) => {
      const length = shape.reduce((product, d) => product * d, 1);
      return distribution.kind === 'integers'
        ? value('int32', shape, drawIntegers(key, length, distribution.low ?? 0, distribution.high, call))
        : value('float32', shape, drawFloats(key, length, distribution, call));
    },
    permutation: (length, call = 0) => {
      const order = Uint32Array.from({ length }, (_, i) => i);
      // Fisher and Yates from the end; word i decides the place of element length-1-i.
      forWords(key, purpose.permutation, call, length, (from, count) => {
        for (let i = 0; i < count; i++) {
          const last = length - 1 - from - i;
          const pick = Math.floor((words[i] as number) * 2 ** -32 * (last + 1));
          const held = order[last] as number;
          order[last] = order[pick] as number;
          order[pick] = held;
        }
      });
      return order;
    },
  });
}
