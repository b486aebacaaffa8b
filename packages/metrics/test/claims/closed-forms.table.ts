import { createRng, type Rng } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import { type ClaimRow, once } from '@ganymede/testing';
import {
  frechetDistance,
  gaussianOf,
  groupMoments,
  inceptionScore,
  kernelInceptionDistance,
  manifoldScores,
  msSsim,
  nearestNeighbours,
  perceptualPathLength,
  psnr,
  rawFeatures,
  rbfDiscrepancy,
  slicedWasserstein,
  ssim,
} from '../../src/index.js';
import { meanOfValues } from '../../src/statistics/bootstrap.js';

const normal = (name: string, count: number, size: number, mean = 0, std = 1): Value =>
  createRng(3).child(name).draw([count, size], { kind: 'normal', mean, std });

async function* whole(x: Value): AsyncIterable<Value> {
  yield x;
}
const gaussian = async (x: Value) => {
  const [moments] = await groupMoments(whole(x), rawFeatures({ shape: [x.shape[1] as number] }));
  return gaussianOf(moments as NonNullable<typeof moments>);
};

/** Covariance a on the diagonal, b beside it, of `size` features. */
const even = (size: number, a: number, b: number): Float64Array =>
  Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? a : b));

/** KID of 40 pairs of sets from one distribution: 12 features of count 100. */
const kids = once(async () => {
  const values: number[] = [];
  for (let i = 0; i < 40; i++) {
    const of = (side: string) => normal(`kid-${side}-${i}`, 100, 12);
    values.push((await kernelInceptionDistance(of('real'), of('fake'), { subsets: 1, resamples: 0 })).value);
  }
  return values;
});

const image = (count: number, side: number): Value => ({
  ...createRng(4).draw([count, 1, side, side], { kind: 'uniform', low: -1, high: 1 }),
});

/** `G(z) = A z` on latents of 3, A with rows (1, 2, 0), (0, 1, -1), (2, 0, 1), (1, 1, 1): tr(A Aᵀ) = 15. */
const matrix = [
  [1, 2, 0],
  [0, 1, -1],
  [2, 0, 1],
  [1, 1, 1],
];
async function* linear(count: number, rng: Rng): AsyncIterable<Value> {
  const z = rng.child('z').draw([count, 3], { kind: 'normal' }).data as Float32Array;
  const data = new Float64Array(count * 4);
  for (let i = 0; i < count; i++) {
    matrix.forEach((row, j) => {
      data[i * 4 + j] = row.reduce((sum, a, k) => sum + a * (z[i * 3 + k] as number), 0);
    });
  }
  yield { dtype: 'float64', shape: [count, 4], data };
}

const cloud = once(() => [normal('left', 200, 4), normal('right', 200, 4, 100)] as const);

/** Closed forms of the metrics. */
export const closedForms: readonly ClaimRow[] = [
  {
    about: 'FID (Heusel et al. 2017)',
    claim:
      'normal distributions of 64 features, means 0.5 apart in each, covariances 2 and 0.5 times the unit: 64 (0.25 + 0.5)',
    expected: { exact: 48, tolerance: 1e-9 },
    measure: () =>
      frechetDistance(
        { mean: new Float64Array(64), covariance: even(64, 2, 0) },
        { mean: new Float64Array(64).fill(0.5), covariance: even(64, 0.5, 0) },
      ),
  },
  {
    about: 'FID (Heusel et al. 2017)',
    claim: 'correlated covariances that commute, 3 features: sum of (√λ − √μ)² over common eigenvectors',
    expected: {
      exact: (Math.sqrt(4) - Math.sqrt(2)) ** 2 + 2 * (Math.sqrt(1) - Math.sqrt(0.5)) ** 2,
      tolerance: 1e-10,
    },
    measure: () =>
      frechetDistance(
        { mean: [0, 0, 0], covariance: even(3, 2, 1) },
        { mean: [0, 0, 0], covariance: even(3, 1, 0.5) },
      ),
  },
  {
    about: 'FID (Heusel et al. 2017)',
    claim: '20 000 samples of N(0, 1) and N(1, 4) in 4 features: 4 (1 + 1)',
    expected: { exact: 8, tolerance: 0.15 },
    measure: async () =>
      frechetDistance(
        await gaussian(normal('fid-a', 20_000, 4)),
        await gaussian(normal('fid-b', 20_000, 4, 1, 2)),
      ),
  },
  {
    about: 'KID (Bińkowski et al. 2018)',
    claim: 'unbiased: mean over 40 pairs of sets of one distribution, over its standard error',
    expected: { between: [-3, 3] },
    measure: async () => {
      const values = await kids();
      const mean = meanOfValues(values);
      const std = Math.sqrt(meanOfValues(values.map((x) => (x - mean) ** 2)));
      return mean / (std / Math.sqrt(values.length));
    },
  },
  {
    about: 'KID (Bińkowski et al. 2018)',
    claim: 'unbiased: share of those 40 below 0',
    expected: { between: [0.25, 0.85] },
    measure: async () => meanOfValues((await kids()).map((x) => Number(x < 0))),
  },
  {
    about: 'MMD (Gretton et al. 2012)',
    claim: 'Gaussian kernel of width 1, N(0, 1) against N(1, 1) in one dimension: 2 (1 − e^(−1/6)) / √3',
    expected: { exact: (2 * (1 - Math.exp(-1 / 6))) / Math.sqrt(3), tolerance: 0.02 },
    measure: async () =>
      (
        await rbfDiscrepancy(normal('mmd-a', 3000, 1), normal('mmd-b', 3000, 1, 1), {
          bandwidth: 1,
          resamples: 0,
        })
      ).value,
  },
  {
    about: 'Inception score (Salimans et al. 2016)',
    claim: 'certain answers, ten classes equally often: 10',
    expected: { exact: 10, tolerance: 1e-9 },
    measure: async () => {
      const data = Float32Array.from({ length: 1000 }, (_, at) =>
        Number(at % 10 === Math.floor(at / 10) % 10),
      );
      return (await inceptionScore([{ dtype: 'float32', shape: [100, 10], data }], 100, { resamples: 0 }))
        .value;
    },
  },
  {
    about: 'Precision and recall (Kynkäänniemi et al. 2019)',
    claim: 'disjoint sets: precision + recall',
    expected: { exact: 0, tolerance: 0 },
    measure: async () => {
      const { precision, recall } = await manifoldScores(...cloud(), { k: 3 });
      return meanOfValues(precision) + meanOfValues(recall);
    },
  },
  {
    about: 'Precision and recall (Kynkäänniemi et al. 2019)',
    claim: 'a set against itself: precision × recall',
    expected: { exact: 1, tolerance: 0 },
    measure: async () => {
      const { precision, recall } = await manifoldScores(cloud()[0], cloud()[0], { k: 3 });
      return meanOfValues(precision) * meanOfValues(recall);
    },
  },
  {
    about: 'Density and coverage (Naeem et al. 2020)',
    claim:
      'expected coverage of equal distributions, 500 samples each, k = 5: 1 − (496 … 500) / (996 … 1000), and its deviation',
    expected: { exact: 1 - (500 * 499 * 498 * 497 * 496) / (999 * 998 * 997 * 996 * 995), tolerance: 0.02 },
    measure: async () => {
      const values: number[] = [];
      for (let i = 0; i < 10; i++) {
        const of = (side: string) => normal(`coverage-${side}-${i}`, 500, 8);
        values.push(meanOfValues((await manifoldScores(of('real'), of('fake'), { k: 5 })).coverage));
      }
      return meanOfValues(values);
    },
  },
  {
    about: 'Density and coverage (Naeem et al. 2020)',
    claim: 'density of equal distributions, mean over 10 pairs of 500 samples: 1',
    expected: { exact: 1, tolerance: 0.05 },
    measure: async () => {
      const values: number[] = [];
      for (let i = 0; i < 10; i++) {
        const of = (side: string) => normal(`density-${side}-${i}`, 500, 3);
        values.push(meanOfValues((await manifoldScores(of('real'), of('fake'), { k: 5 })).density));
      }
      return meanOfValues(values);
    },
  },
  {
    about: '1-nearest-neighbour accuracy (Lopez-Paz, Oquab 2017)',
    claim: 'two sets of 2000 from one distribution: 0.5',
    expected: { exact: 0.5, tolerance: 0.03 },
    measure: async () => {
      const { real, fake } = await nearestNeighbours(normal('nn-a', 2000, 3), normal('nn-b', 2000, 3));
      return meanOfValues([...real, ...fake]);
    },
  },
  {
    about: '1-nearest-neighbour accuracy (Lopez-Paz, Oquab 2017)',
    claim: 'disjoint sets: 1',
    expected: { exact: 1, tolerance: 0 },
    measure: async () => {
      const { real, fake } = await nearestNeighbours(...cloud());
      return meanOfValues([...real, ...fake]);
    },
  },
  {
    about: 'Sliced Wasserstein distance (Bonneel et al. 2015)',
    claim: 'a set moved by (3, 4), order 2: √(25 / 2) in the plane',
    expected: { exact: Math.sqrt(12.5), tolerance: 0.1 },
    measure: async () => {
      const set = normal('swd', 300, 2);
      const moved = { ...set, data: (set.data as Float32Array).map((x, at) => x + (at % 2 === 0 ? 3 : 4)) };
      return (await slicedWasserstein(set, moved, { order: 2, projections: 4000 })).value;
    },
  },
  {
    about: 'SSIM (Wang et al. 2004)',
    claim: 'an image with itself: 1',
    expected: { exact: 1, tolerance: 1e-12 },
    measure: async () => meanOfValues(await ssim(image(3, 20), image(3, 20))),
  },
  {
    about: 'SSIM (Wang et al. 2004)',
    claim: 'black and white: the stabilizer alone, c / (4 + c) with (0.01 · 2)² of images in [0, 2]',
    expected: { exact: 0.0004 / (4 + 0.0004), tolerance: 1e-12 },
    measure: async () => {
      const flat = (level: number): Value => ({
        dtype: 'float32',
        shape: [1, 1, 16, 16],
        data: new Float32Array(256).fill(level),
      });
      return meanOfValues(await ssim(flat(0), flat(2)));
    },
  },
  {
    about: 'MS-SSIM (Wang, Simoncelli, Bovik 2003)',
    claim: 'an image with itself, two scales: 1',
    expected: { exact: 1, tolerance: 1e-12 },
    measure: async () => meanOfValues(await msSsim(image(2, 24), image(2, 24), { scales: 2 })),
  },
  {
    about: 'PSNR',
    claim: 'a difference of 0.02 everywhere, range 2: 40 dB',
    expected: { exact: 40, tolerance: 1e-3 },
    measure: () => {
      const x = image(1, 16);
      return meanOfValues(psnr(x, { ...x, data: (x.data as Float32Array).map((v) => v + 0.02) }));
    },
  },
  {
    about: 'Perceptual path length (Karras et al. 2019)',
    claim: 'linear generator, identity features, straight ways between normal latents: 2 tr(A Aᵀ)',
    expected: { exact: 30, tolerance: 1.2 },
    measure: async () =>
      (
        await perceptualPathLength({
          draw: linear,
          network: rawFeatures({ shape: [4] }),
          rng: createRng(6),
          count: 8000,
          epsilon: 1e-2,
          interpolation: 'lerp',
          trim: false,
          resamples: 0,
        })
      ).value,
  },
];
