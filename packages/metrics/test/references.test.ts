import { ortBackend } from '@ganymede/backend-ort';
import { type Backend, createRng } from '@ganymede/core';
import { type Value, valueOf } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../src/compute/rows.js';
import {
  frechetDistance,
  gaussianOf,
  groupMoments,
  inceptionScore,
  kernelInceptionDistance,
  laplacianPyramid,
  manifoldScores,
  msSsim,
  nearestNeighbours,
  openProducts,
  polynomialDiscrepancy,
  psnr,
  rawFeatures,
  rbfDiscrepancy,
  resizeMatrix,
  sortedWasserstein,
  ssim,
} from '../src/index.js';
import { meanOfValues } from '../src/statistics/bootstrap.js';
import fixtures from '../fixtures/references.json' with { type: 'json' };

/** An array of the script's, bit for bit. */
function array({ shape, data }: { shape: number[]; data: string }): Value {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  return { dtype: 'float32', shape, data: new Float32Array(bytes.buffer) };
}

const real = array(fixtures.real);
const fake = array(fixtures.fake);
const rows = (x: Value, indices: readonly number[]): Value => {
  const size = x.shape[1] as number;
  const data = indices.flatMap((i) => [...(x.data as Float32Array).subarray(i * size, (i + 1) * size)]);
  return valueOf(data, [indices.length, size]);
};
/** Largest error beside the expected size. */
const relative = (x: number, expected: number): number => Math.abs(x - expected) / Math.abs(expected);

let backend: Backend;
beforeAll(async () => {
  backend = await ortBackend({ device: 'cpu', threads: 1 });
});
afterAll(() => backend.dispose());

/** Everything is measured with plain loops and with a backend's products. */
describe.each([['plain loops'], ['a backend']])('as other implementations, with %s', (where) => {
  const options = () => (where === 'a backend' ? { backend } : {});

  it('FID: NumPy and SciPy, to 1e-6', async () => {
    const moments = async (x: Value) => {
      async function* batches() {
        yield rows(x, [0, 1, 2]);
        yield rows(
          x,
          Array.from({ length: (x.shape[0] as number) - 3 }, (_, i) => i + 3),
        );
      }
      const [found] = await groupMoments(batches(), rawFeatures({ shape: [24] }), {
        ...options(),
        block: 32,
      });
      return gaussianOf(found as NonNullable<typeof found>);
    };
    expect(relative(frechetDistance(await moments(real), await moments(fake)), fixtures.fid)).toBeLessThan(
      1e-6,
    );
  });

  it('KID: torchmetrics, all at once and of each subset, to 1e-6', async () => {
    const products = await openProducts(options());
    for (const [i, [a, b]] of fixtures.kid.subsets.entries()) {
      const found = await polynomialDiscrepancy(
        rowsOf(rows(real, a as number[])),
        rowsOf(rows(fake, b as number[])),
        products,
      );
      expect(relative(found.value, fixtures.kid.values[i] as number)).toBeLessThan(1e-6);
    }
    await products.dispose();
    const all = Array.from({ length: 120 }, (_, i) => i);
    const { value, std } = await kernelInceptionDistance(rows(real, all), fake, {
      ...options(),
      subsets: 3,
      subsetSize: 120,
    });
    // Subsets of all samples are all samples, in another order.
    expect(relative(value, fixtures.kid.whole)).toBeLessThan(1e-6);
    expect(std).toBeLessThan(1e-9);
  });

  it.each(['3', '5'] as const)('precision, recall, density, coverage with k = %s: prdc', async (k) => {
    const scores = await manifoldScores(real, fake, { ...options(), k: Number(k) });
    const expected = fixtures.prdc[k];
    for (const name of ['precision', 'recall', 'density', 'coverage'] as const) {
      expect(meanOfValues(scores[name]), name).toBeCloseTo(expected[name], 12);
    }
  });

  it('1-nearest-neighbour accuracy: scikit-learn', async () => {
    const found = await nearestNeighbours(real, fake, options());
    expect(meanOfValues(found.real)).toBeCloseTo(fixtures.nearest.real, 12);
    expect(meanOfValues(found.fake)).toBeCloseTo(fixtures.nearest.fake, 12);
    const joined = meanOfValues([...found.real, ...found.fake]);
    expect(joined).toBeCloseTo(fixtures.nearest.accuracy, 12);
  });

  it('MMD with the median width: scikit-learn and SciPy, to 1e-6', async () => {
    const found = await rbfDiscrepancy(real, fake, options());
    expect(relative(found.bandwidth, fixtures.mmd.bandwidth)).toBeLessThan(1e-6);
    expect(relative(found.value, fixtures.mmd.value)).toBeLessThan(1e-6);
  });

  it('SSIM and PSNR of colour images: scikit-image, to 1e-6', async () => {
    const { x, y, ssim: expected, psnr: decibels } = fixtures.similarity;
    const found = await ssim(array(x), array(y), options());
    expected.forEach((value, i) => {
      expect(relative(found[i] as number, value)).toBeLessThan(1e-6);
    });
    const noise = psnr(array(x), array(y));
    decibels.forEach((value, i) => {
      expect(relative(noise[i] as number, value)).toBeLessThan(1e-6);
    });
  });

  it('MS-SSIM: pytorch-msssim to 1e-6, torchmetrics to 1e-3', async () => {
    const x = Float64Array.from(new Int8Array(Buffer.from(fixtures.multiScale.x64, 'base64')), (v) => v / 64);
    const y = x.map(
      (v, at) => v + 0.25 * Math.sin(Math.floor(at / 192) * 0.37) * Math.cos((at % 192) * 0.23),
    );
    const image = (data: Float64Array): Value => ({ dtype: 'float64', shape: [1, 1, 192, 192], data });
    const [found] = await msSsim(image(x), image(y), options());
    expect(relative(found as number, fixtures.multiScale.msSsim)).toBeLessThan(1e-6);
    expect(relative(found as number, fixtures.multiScale.torchmetrics)).toBeLessThan(1e-3);
  });
});

it('Inception score: SciPy, to 1e-6', async () => {
  const { probabilities, splits, mean, std } = fixtures.inception;
  const p = array(probabilities);
  const found = await inceptionScore(
    [
      rows(p, [0, 1, 2]),
      rows(
        p,
        Array.from({ length: 197 }, (_, i) => i + 3),
      ),
    ],
    200,
    {
      splits,
      rng: createRng(1),
    },
  );
  expect(relative(found.value, mean)).toBeLessThan(1e-6);
  expect(relative(found.std, std)).toBeLessThan(1e-6);
  expect(found.interval?.low).toBeLessThan(mean);
  expect(found.interval?.high).toBeGreaterThan(mean);
});

it('the 1-D Wasserstein distance of sets of different counts: SciPy', () => {
  const column = (x: Value, j: number) =>
    Float64Array.from({ length: x.shape[0] as number }, (_, i) => x.data[i * 24 + j] as number).sort();
  fixtures.wasserstein.forEach((expected, j) => {
    expect(sortedWasserstein(column(real, j), column(fake, j))).toBeCloseTo(expected, 12);
  });
});

it('the Laplacian pyramid: SciPy', () => {
  const levels = laplacianPyramid(array(fixtures.pyramid.x), 3);
  for (const [i, expected] of fixtures.pyramid.levels.entries()) {
    const { data } = array(expected);
    const found = levels[i] as NonNullable<(typeof levels)[number]>;
    expect([2, found.channels, found.height, found.width]).toEqual(expected.shape);
    expect(Math.max(...found.data.map((x, at) => Math.abs(x - (data[at] as number))))).toBeLessThan(1e-6);
  }
});

const x = array(fixtures.resize.x);
for (const { filter, antialias, coordinates, size, y } of fixtures.resize.cases) {
  const [height, width] = size as [number, number];
  it(`resizing ${filter} ${coordinates} ${antialias ? 'with' : 'without'} antialias to ${height} x ${width}: Pillow, PyTorch`, () => {
    const how = { filter: filter as 'box', antialias, coordinates: coordinates as 'half-pixel' };
    const [down, across] = [resizeMatrix(19, height, how), resizeMatrix(13, width, how)];
    const expected = array(y).data;
    let worst = 0;
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        let sum = 0;
        for (let k = 0; k < 19; k++) {
          for (let l = 0; l < 13; l++) {
            sum +=
              (down[i * 19 + k] as number) * (across[j * 13 + l] as number) * (x.data[k * 13 + l] as number);
          }
        }
        worst = Math.max(worst, Math.abs(sum - (expected[i * width + j] as number)));
      }
    }
    // Pillow computes in float32.
    expect(worst).toBeLessThan(2e-6);
  });
}
