import type { Rng } from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';

/** How a generator's latents are walked. */
export type Interpolation = 'slerp' | 'lerp';

/** Where on the way from one latent to the other samples are taken: share of the way of sample i. */
export type Positions = (sample: number) => number;

/**
 * Draws as `rng`, but of each latent (a draw `[count, size]`) the point at `positions` on the way from one draw to another. `slerp` turns
 * from one direction to the other (Shoemake 1985) while the length goes evenly, for normal latents; uniform ones are always
 * mixed evenly. What is no latent (noise of other rank) is the same wherever one stands.
 */
export function pathRng(rng: Rng, positions: Positions, interpolation: Interpolation): Rng {
  return {
    seed: rng.seed,
    stream: rng.stream,
    child: (name) => pathRng(rng.child(name), positions, interpolation),
    permutation: (length, call) => rng.permutation(length, call),
    draw(shape, distribution, call) {
      if (distribution.kind === 'integers') {
        throw new GanymedeError('GANYMEDE_NO_PATH', {
          message: `the generator draws whole numbers ("${rng.stream}"), between which there is no path`,
          hint: 'path length is for generators of continuous latents',
        });
      }
      const from = rng.child('from').draw(shape, distribution, call);
      if (shape.length !== 2) return from;
      const to = rng.child('to').draw(shape, distribution, call);
      const turns = interpolation === 'slerp' && distribution.kind === 'normal';
      return between(from, to, positions, turns ? slerp : lerp);
    },
  };
}

type Mix = (a: Float32Array, b: Float32Array, t: number, out: Float32Array) => void;

function between(from: Value, to: Value, positions: Positions, mix: Mix): Value {
  const [count = 0, size = 0] = from.shape;
  const out = new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    const row = (x: Float32Array) => x.subarray(i * size, (i + 1) * size);
    mix(row(from.data as Float32Array), row(to.data as Float32Array), positions(i), row(out));
  }
  return { dtype: 'float32', shape: from.shape, data: out };
}

const lerp: Mix = (a, b, t, out) => {
  for (let j = 0; j < out.length; j++) out[j] = a[j]! + t * (b[j]! - a[j]!);
};

const slerp: Mix = (a, b, t, out) => {
  let [aa, bb, ab] = [0, 0, 0];
  for (let j = 0; j < out.length; j++) {
    aa += a[j]! * a[j]!;
    bb += b[j]! * b[j]!;
    ab += a[j]! * b[j]!;
  }
  const [la, lb] = [Math.sqrt(aa), Math.sqrt(bb)];
  const angle = Math.acos(Math.max(-1, Math.min(1, ab / (la * lb))));
  // Directions that agree (one dimension of one sign): no turn is left.
  if (!(Math.sin(angle) > 1e-7)) return lerp(a, b, t, out);
  const length = la + t * (lb - la);
  const [wa, wb] = [Math.sin((1 - t) * angle), Math.sin(t * angle)].map(
    (w) => (w * length) / Math.sin(angle),
  ) as [number, number];
  for (let j = 0; j < out.length; j++) out[j] = (wa * a[j]!) / la + (wb * b[j]!) / lb;
};
