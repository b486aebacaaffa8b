import { ortBackend } from '@ganymede/backend-ort';
import { type Backend, createRng, type Dataset, type MetricInput } from '@ganymede/core';
import { glyphs } from '@ganymede/data';
import type { Value } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  densityCoverage,
  diversity,
  type FeatureNetwork,
  fid,
  histogramDivergencesMetric,
  imagePairs,
  inceptionScoreMetric,
  kid,
  mmd,
  nearestNeighbour,
  pathLength,
  precisionRecall,
  pyramidWasserstein,
  slicedWassersteinMetric,
  wassersteinMetric,
} from './index.js';

let backend: Backend;
beforeAll(async () => {
  backend = await ortBackend({ device: 'cpu', threads: 1 });
});
afterAll(() => backend.dispose());

/** Normal vectors as data, drawn by index. */
function normalData(length: number, size: number, mean = 0): Dataset {
  const all = createRng(9).draw([length, size], { kind: 'normal', mean }).data as Float32Array;
  return {
    summary: `${length} normal vectors`,
    length,
    fields: { points: { dtype: 'float32', shape: [size] } },
    hash: async () => 'normal',
    read: async (indices) => {
      const rows = Array.from(indices, (i) => [...all.subarray(i * size, (i + 1) * size)]).flat();
      return { points: { dtype: 'float32', shape: [indices.length, size], data: Float32Array.from(rows) } };
    },
  };
}

/** Normal vectors as samples, in batches of 64. */
const normalSamples = (size: number, mean: number): MetricInput['samples'] =>
  async function* (count, seed = 0) {
    const all = createRng(seed).child('samples').draw([count, size], { kind: 'normal', mean });
    for (let from = 0; from < count; from += 64) {
      const some = Math.min(64, count - from);
      const data = (all.data as Float32Array).subarray(from * size, (from + some) * size);
      yield { dtype: 'float32', shape: [some, size], data };
    }
  };

const inputOf = (
  dataset: Dataset,
  samples: MetricInput['samples'],
  more: Partial<MetricInput> = {},
): MetricInput => ({
  dataset,
  backend,
  state: {},
  seed: 5,
  samples,
  ...more,
});

const data = normalData(800, 6);
const alike = inputOf(data, normalSamples(6, 0));
const apart = inputOf(data, normalSamples(6, 1));
const values = async (
  metric: { measure(input: MetricInput): Promise<readonly { name: string; value: number }[]> },
  input: MetricInput,
) => Object.fromEntries((await metric.measure(input)).map(({ name, value }) => [name, value]));

describe('each metric tells equal distributions from different ones', () => {
  const count = 600;
  it.each([
    ['fid', () => fid({ count, resamples: 50 }), 'fid', 0.25, 5],
    ['kid', () => kid({ count, subsets: 10, subsetSize: 200 }), 'kid', 0.1, 1],
    ['mmd', () => mmd({ count }), 'mmd', 0.01, 0.1],
    ['sliced-wasserstein', () => slicedWassersteinMetric({ count }), 'slicedWasserstein', 0.15, 0.5],
    ['nearest-neighbour', () => nearestNeighbour({ count }), 'nearestNeighbourAccuracy', 0.6, 0.8],
  ] as const)('%s', async (_, make, name, most, least) => {
    const near = await make().measure(alike);
    const far = await make().measure(apart);
    const [a, b] = [near, far].map((all) => all.find((one) => one.name === name));
    expect(a?.value).toBeLessThan(most);
    expect(b?.value).toBeGreaterThan(least);
    // The interval is about the figure, and those of the two do not meet.
    for (const one of [a, b]) {
      expect(one?.interval?.low).toBeLessThanOrEqual(one?.value as number);
      expect(one?.interval?.high).toBeGreaterThanOrEqual(one?.value as number);
    }
    expect(a?.interval?.high).toBeLessThan(b?.interval?.low as number);
    expect(a?.provenance).toMatchObject({
      features: 'raw',
      generatedSamples: count,
      realSamples: count,
      seed: 5,
    });
  });

  it('wasserstein: beside the distance of the data from itself', async () => {
    const line = normalData(800, 1);
    for (const [size, near, far] of [
      [6, alike, apart],
      [1, inputOf(line, normalSamples(1, 0)), inputOf(line, normalSamples(1, 2))],
    ] as const) {
      const metric = wassersteinMetric({ count: 800 });
      const [own, other] = [await values(metric, near), await values(metric, far)];
      expect(other.w1OfData).toBe(own.w1OfData);
      expect(Math.abs((own.w1 as number) - (own.w1OfData as number))).toBeLessThan(0.15);
      // The laws are √6 and 2 apart.
      expect(other.w1).toBeGreaterThan(size === 1 ? 1.8 : 2.4);
      expect(other.w1).toBeLessThan(size === 1 ? 2.2 : 3.6);
    }
    const [w1] = await wassersteinMetric({ count: 600 }).measure(apart);
    expect(w1?.provenance).toMatchObject({ features: 'raw', pairs: 300, realSamples: 600, seed: 5 });
  });

  it('wasserstein: samples that come in an order do no harm', async () => {
    const ordered = { ...data, length: 400 };
    const sorted: MetricInput['samples'] = async function* () {
      const { points } = await ordered.read(Array.from({ length: 400 }, (_, i) => i));
      const { data: numbers } = points as Value;
      const rows = Array.from({ length: 400 }, (_, i) =>
        Array.from((numbers as Float32Array).subarray(6 * i, 6 * i + 6)),
      );
      rows.sort((a, b) => (a[0] as number) - (b[0] as number));
      yield { dtype: 'float32', shape: [400, 6], data: Float32Array.from(rows.flat()) };
    };
    const found = await values(wassersteinMetric({ count: 400 }), inputOf(ordered, sorted));
    expect(found.w1).toBeLessThan(1.1 * (found.w1OfData as number));
  });

  it('wasserstein refuses too few samples', async () => {
    await expect(wassersteinMetric().measure(inputOf(normalData(3, 2), normalSamples(2, 0)))).rejects.toThrow(
      expect.objectContaining({ code: 'GANYMEDE_TOO_FEW_SAMPLES' }),
    );
  });

  it('histogram-divergences', async () => {
    const plane = normalData(4000, 2);
    const metric = histogramDivergencesMetric({ count: 4000, bins: 8 });
    const [near, far] = [
      await metric.measure(inputOf(plane, normalSamples(2, 0))),
      await values(metric, inputOf(plane, normalSamples(2, 8))),
    ];
    expect(near.map(({ name }) => name)).toEqual(['js', 'tv', 'kl', 'reverseKl']);
    const js = near[0]?.value as number;
    const bias = near[0]?.provenance.jsBias as number;
    expect(js).toBeGreaterThan(bias / 3);
    expect(js).toBeLessThan(3 * bias);
    expect(far.js).toBeCloseTo(Math.LN2, 1);
    expect(far.tv).toBeCloseTo(1, 1);
    expect(far.kl).toBe(Number.POSITIVE_INFINITY);
    await expect(histogramDivergencesMetric().measure(alike)).rejects.toThrow(
      expect.objectContaining({ code: 'GANYMEDE_FEATURE_SIZE' }),
    );
  });

  it('precision-recall and density-coverage', async () => {
    const near = {
      ...(await values(precisionRecall({ count }), alike)),
      ...(await values(densityCoverage({ count }), alike)),
    };
    const far = {
      ...(await values(precisionRecall({ count }), apart)),
      ...(await values(densityCoverage({ count }), apart)),
    };
    for (const name of ['precision', 'recall', 'density', 'coverage']) {
      expect(near[name], name).toBeGreaterThan(0.75);
      expect(far[name], name).toBeLessThan(0.8 * (near[name] as number));
    }
  });
});

it('the same seed gives the same figures and intervals', async () => {
  const make = () => kid({ count: 300, subsets: 5, subsetSize: 100, resamples: 50 });
  const [a, b] = [await make().measure({ ...apart }), await make().measure({ ...apart })];
  expect(a).toEqual(b);
});

it('metrics of one evaluation share the features, and tell how far they are', async () => {
  const extract = vi.fn(async (samples: Value) => samples);
  const features: FeatureNetwork = { source: 'counted', size: 6, extract };
  const progress = vi.fn();
  const input: MetricInput = { ...alike, progress };
  await kid({ count: 200, features, subsets: 2, resamples: 0 }).measure(input);
  const calls = extract.mock.calls.length;
  await precisionRecall({ count: 200, features }).measure(input);
  expect(extract.mock.calls.length).toBe(calls);
  expect(progress).toHaveBeenCalledWith('features of generated samples', 200, 200);
  expect(progress).toHaveBeenCalledWith('kid', 2, 2);
});

describe('images', () => {
  const images = glyphs({ count: 600, size: 32 });
  const of = (start: number, blank = false): MetricInput['samples'] =>
    async function* (count) {
      for (let from = 0; from < count; from += 50) {
        const indices = Array.from(
          { length: Math.min(50, count - from) },
          (_, i) => (start + from + i) % 600,
        );
        const read = (await images.read(indices)).images as Value;
        yield blank ? { ...read, data: (read.data as Float32Array).map(() => 0.25) } : read;
      }
    };

  it('pyramid-wasserstein: small between examples, large for blank images', async () => {
    const metric = () => pyramidWasserstein({ count: 100, patches: 16, projections: 64 });
    const near = await values(metric(), inputOf(images, of(0)));
    const far = await values(metric(), inputOf(images, of(0, true)));
    expect(Object.keys(near)).toEqual(['swd32', 'swd16', 'swd']);
    expect(near.swd).toBeLessThan(0.2 * (far.swd as number));
  });

  it('diversity: blank images are all alike, examples are not', async () => {
    const metric = () => diversity({ count: 100, scales: 1 });
    const blank = await values(metric(), inputOf(images, of(0, true)));
    expect(blank.msSsimOfSamples).toBeCloseTo(1, 6);
    expect(blank.msSsimOfData).toBeLessThan(0.6);
    await expect(diversity({ count: 4 }).measure(inputOf(images, of(0)))).rejects.toMatchObject({
      code: 'GANYMEDE_IMAGE_SIZE',
      message: expect.stringContaining('176 pixels'),
    });
  });

  it('image-pairs: of images with themselves 1, without pairs refused', async () => {
    const paired = inputOf(images, of(0), { paired: true });
    const own = await values(imagePairs({ count: 60 }), paired);
    expect(own.ssim).toBeCloseTo(1, 9);
    expect(own.psnr).toBe(Number.POSITIVE_INFINITY);
    expect(own.msSsim).toBeUndefined();
    const shifted = await values(
      imagePairs({ count: 60, scales: 2 }),
      inputOf(images, of(1), { paired: true }),
    );
    expect(shifted.ssim).toBeLessThan(0.5);
    expect(shifted.msSsim).toBeLessThan(0.5);
    await expect(imagePairs().measure(inputOf(images, of(0)))).rejects.toMatchObject({
      code: 'GANYMEDE_NOT_PAIRED',
    });
  });

  it('inception-score: between 1 and the number of classes, 1 for blank images', async () => {
    const metric = () =>
      inceptionScoreMetric({ count: 200, splits: 2, classifier: { steps: 120, cache: false } });
    const own = await metric().measure(inputOf(images, of(0)));
    expect(own[0]?.value).toBeGreaterThan(3);
    expect(own[0]?.value).toBeLessThan(10);
    const blank = await metric().measure(inputOf(images, of(0, true)));
    expect(blank[0]?.value).toBeCloseTo(1, 5);
    await expect(
      inceptionScoreMetric({ features: 'raw' }).measure(inputOf(images, of(0))),
    ).rejects.toMatchObject({ code: 'GANYMEDE_NO_CLASSES' });
  });
});

describe('bad input', () => {
  it('FID of fewer samples than features warns why', async () => {
    const emit = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const wide = normalData(40, 50);
    await fid({ count: 40, resamples: 0 }).measure(inputOf(wide, normalSamples(50, 0)));
    expect(emit.mock.calls[0]?.[0]).toMatch(/covariances are singular[\s\S]*500 samples/);
    expect(emit.mock.calls[0]?.[1]).toMatchObject({ code: 'GANYMEDE_FEW_SAMPLES' });
    emit.mockRestore();
  });

  it.each([
    ['k of as many samples', () => precisionRecall({ count: 4, k: 4 }), 'GANYMEDE_TOO_FEW_SAMPLES'],
    ['subsets larger than the set', () => kid({ count: 50, subsetSize: 100 }), 'GANYMEDE_TOO_FEW_SAMPLES'],
    ['too few resamples', () => mmd({ count: 50, resamples: 5 }), 'GANYMEDE_TOO_FEW_SAMPLES'],
    [
      'features of another size',
      () => kid({ count: 50, features: { source: 'wrong', size: 3, extract: async (x) => x } }),
      'GANYMEDE_FEATURE_SIZE',
    ],
    ['pictures asked of points', () => pyramidWasserstein({ count: 50 }), 'GANYMEDE_NO_IMAGES'],
    ['a path where there is no generator', () => pathLength(), 'GANYMEDE_NO_PATH'],
    [
      'an ONNX file that is not there',
      () => fid({ count: 50, features: { onnx: 'none.onnx' } }),
      'GANYMEDE_NO_IMAGES',
    ],
  ])('%s', async (_, make, code) => {
    await expect(make().measure(alike)).rejects.toMatchObject({ code });
  });

  it('labels that are all the same', async () => {
    const images = glyphs({ count: 300 });
    const one: Dataset = {
      ...images,
      read: async (indices) => {
        const read = await images.read(indices);
        return {
          ...read,
          labels: { ...(read.labels as Value<'int32'>), data: new Int32Array(indices.length).fill(7) },
        };
      },
    };
    await expect(
      fid({ classifier: { cache: false } }).measure(inputOf(one, async function* () {})),
    ).rejects.toMatchObject({ code: 'GANYMEDE_ONE_CLASS', message: expect.stringContaining('label 7') });
  });
});
