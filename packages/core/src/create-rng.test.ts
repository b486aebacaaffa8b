import { GanymedeError, type Value } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { createRng } from './create-rng.js';
import type { Distribution } from './rng.js';

const root = createRng(1);
const numbers = (x: Value): Float32Array => x.data as Float32Array;

function moments(data: ArrayLike<number>): { mean: number; std: number; skew: number; kurtosis: number } {
  const n = data.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (data[i] as number) / n;
  let [m2, m3, m4] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const d = (data[i] as number) - mean;
    m2 += (d * d) / n;
    m3 += d ** 3 / n;
    m4 += d ** 4 / n;
  }
  return { mean, std: Math.sqrt(m2), skew: m3 / m2 ** 1.5, kurtosis: m4 / m2 ** 2 };
}

describe('createRng', () => {
  it('gives the same numbers for the same seed, stream and call, and others otherwise', () => {
    const draw = (seed: number, stream: string, call: number) =>
      numbers(createRng(seed).child(stream).draw([8], { kind: 'normal' }, call)).join();
    const all = [
      draw(1, 'a', 0),
      draw(2, 'a', 0),
      draw(1, 'b', 0),
      draw(1, 'a', 1),
      draw(2 ** 32 + 1, 'a', 0),
      draw(1, 'a', 2 ** 32),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(draw(1, 'a', 0)).toBe(all[0]);
    expect(createRng(1).child('a').child('b').stream).toBe('a/b');
    expect(numbers(createRng(1).child('a').child('b').draw([3], { kind: 'normal' }))).toEqual(
      numbers(createRng(1).child('a/b').draw([3], { kind: 'normal' })),
    );
  });

  it('keeps its numbers from version to version', () => {
    expect(Array.from(numbers(createRng(1).child('z').draw([3], { kind: 'normal' })))).toMatchInlineSnapshot(`
      [
        0.3404249846935272,
        -1.6268599033355713,
        0.2793205976486206,
      ]
    `);
    expect(Array.from(createRng(1).permutation(8))).toMatchInlineSnapshot(`
      [
        5,
        7,
        0,
        2,
        6,
        3,
        1,
        4,
      ]
    `);
  });

  it.each<Distribution>([
    { kind: 'normal' },
    { kind: 'truncated-normal' },
    { kind: 'uniform' },
    { kind: 'gumbel' },
    { kind: 'integers', high: 10 },
  ])('draws %j elementwise: more elements do not change the first ones', (distribution) => {
    const short = root.draw([5], distribution, 3);
    for (const length of [6, 4096, 4097, 10_001]) {
      expect(root.draw([length], distribution, 3).data.subarray(0, 5)).toEqual(short.data);
    }
  });

  it('has the moments of the normal distribution', () => {
    const { mean, std, skew, kurtosis } = moments(
      numbers(root.draw([1_000_000], { kind: 'normal', mean: 3, std: 2 })),
    );
    expect(mean).toBeCloseTo(3, 1.9);
    expect(std).toBeCloseTo(2, 1.9);
    expect(Math.abs(skew)).toBeLessThan(0.01);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.03);
  });

  it('has the distribution function of the normal distribution', () => {
    const sorted = numbers(root.draw([200_000], { kind: 'normal' }, 1))
      .slice()
      .sort();
    // Kolmogorov and Smirnov: the 0.1 % point is 1.95 / sqrt(n).
    const erf = (x: number): number => {
      const t = 1 / (1 + 0.3275911 * Math.abs(x));
      const y =
        1 -
        ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
          t *
          Math.exp(-x * x);
      return x < 0 ? -y : y;
    };
    let worst = 0;
    sorted.forEach((x, i) => {
      worst = Math.max(worst, Math.abs((i + 0.5) / sorted.length - 0.5 * (1 + erf(x / Math.SQRT2))));
    });
    expect(worst).toBeLessThan(1.95 / Math.sqrt(sorted.length));
  });

  it('does not correlate the two halves of a Box-Muller pair, nor neighbours', () => {
    const x = numbers(root.draw([400_000], { kind: 'normal' }, 2));
    for (const lag of [1, 2, 4]) {
      let sum = 0;
      for (let i = 0; i + lag < x.length; i++) sum += (x[i] as number) * (x[i + lag] as number);
      expect(Math.abs(sum / x.length)).toBeLessThan(0.007);
    }
  });

  it('cuts a truncated normal at two standard deviations', () => {
    const x = numbers(root.draw([200_000], { kind: 'truncated-normal', mean: 1, std: 0.5 }));
    expect(Math.max(...x.subarray(0, 50_000))).toBeLessThanOrEqual(2);
    expect(Math.min(...x.subarray(0, 50_000))).toBeGreaterThanOrEqual(0);
    const { mean, std } = moments(x);
    expect(mean).toBeCloseTo(1, 1.9);
    expect(std / 0.5).toBeCloseTo(0.8796256610342398, 1.9); // The variance of a standard normal cut at ±2 is 0.7737.
  });

  it('draws uniforms on [low, high) and Gumbels with mean 0.5772 and standard deviation 1.2825', () => {
    const u = numbers(root.draw([100_000], { kind: 'uniform', low: -1, high: 3 }));
    expect(u.every((x) => x >= -1 && x < 3)).toBe(true);
    expect(moments(u).mean).toBeCloseTo(1, 1.5);
    expect(moments(u).std).toBeCloseTo(4 / Math.sqrt(12), 1.5);
    const narrow = numbers(root.draw([10_000], { kind: 'uniform', low: 1, high: 1 + 2 ** -22 }));
    expect(narrow.every((x) => x >= 1 && x < 1 + 2 ** -22)).toBe(true);
    const g = moments(numbers(root.draw([400_000], { kind: 'gumbel' })));
    expect(g.mean).toBeCloseTo(0.5772, 1.9);
    expect(g.std).toBeCloseTo(1.2825, 1.9);
  });

  it('draws integers evenly, over the whole int32 range too', () => {
    const x = root.draw([100_000], { kind: 'integers', low: -2, high: 3 }).data as Int32Array;
    const counts = [-2, -1, 0, 1, 2].map((k) => x.filter((y) => y === k).length);
    for (const count of counts) expect(Math.abs(count - 20_000)).toBeLessThan(500);
    const wide = root.draw([10_000], { kind: 'integers', low: -(2 ** 31), high: 2 ** 31 }).data as Int32Array;
    expect(wide.some((y) => y < -(2 ** 30)) && wide.some((y) => y > 2 ** 30)).toBe(true);
    expect(() => root.draw([1], { kind: 'integers', high: 0 })).toThrow(/low < high/);
  });

  it('permutes: every element once, every place equally likely', () => {
    expect(Array.from(root.permutation(10_000, 4)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 10_000 }, (_, i) => i),
    );
    const where = new Uint32Array(5);
    for (let call = 0; call < 10_000; call++) {
      const at = root.permutation(5, call).indexOf(3);
      where[at] = (where[at] as number) + 1;
    }
    for (const count of where) expect(Math.abs(count - 2000)).toBeLessThan(180);
    expect(root.permutation(1)).toEqual(Uint32Array.of(0));
    expect(root.permutation(0).length).toBe(0);
  });

  it('refuses a seed that is no whole number', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 60]) {
      expect(() => createRng(seed)).toThrow(/seed/);
      try {
        createRng(seed);
      } catch (error) {
        expect(GanymedeError.is(error, 'GANYMEDE_SEED')).toBe(true);
      }
    }
  });
});
