/**
 * Measures metrics on many generated samples of 2048 features in a process of its own, one JSON line each with seconds and peak memory:
 *
 *     node --conditions=@ganymede/source --import tsx packages/metrics/test/large.ts 50000 fid,kid,precision-recall float64
 */
import process from 'node:process';
import { ortBackend } from '@ganymede/backend-ort';
import type { Metric, MetricInput } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import {
  densityCoverage,
  fid,
  kid,
  mmd,
  nearestNeighbour,
  precisionRecall,
  slicedWassersteinMetric,
} from '../src/index.js';
import { pseudoFeatures } from './pseudo-features.js';

const [, , countGiven = '50000', chosen = 'fid,kid', precisionGiven = 'float64'] = process.argv;
const count = Number(countGiven);
const size = 2048;
const precision = precisionGiven === 'float32' ? 'float32' : 'float64';
const common = { count, precision, resamples: 0 } as const;
const metrics: Readonly<Record<string, () => Metric>> = {
  fid: () => fid(common),
  kid: () => kid(common),
  mmd: () => mmd(common),
  'precision-recall': () => precisionRecall(common),
  'density-coverage': () => densityCoverage(common),
  'nearest-neighbour': () => nearestNeighbour(common),
  'sliced-wasserstein': () => slicedWassersteinMetric({ count, resamples: 0 }),
};

const backend = await ortBackend({ device: 'cpu' });
const samples = pseudoFeatures(count, size, 0.25, 2);
let said = performance.now();
const input: MetricInput = {
  dataset: pseudoFeatures(count, size, 0.2, 1),
  backend,
  state: {},
  seed: 1,
  samples: async function* (wanted) {
    for (let from = 0; from < wanted; from += 250) {
      const indices = Array.from({ length: Math.min(250, wanted - from) }, (_, i) => from + i);
      yield (await samples.read(indices)).features as Value;
    }
  },
  progress: (what, done, total) => {
    if (performance.now() - said < 10_000) return;
    said = performance.now();
    console.error(`${what} ${Math.floor((100 * done) / total)} %`);
  },
};
for (const name of chosen.split(',')) {
  const make = metrics[name];
  if (make === undefined)
    throw new Error(`no metric "${name}" here; known: ${Object.keys(metrics).join(', ')}`);
  const started = performance.now();
  const measurements = await make().measure(input);
  const row = {
    metric: name,
    count,
    size,
    precision,
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: process.cpuUsage().user / 1e6,
    peakGB: process.resourceUsage().maxRSS / 1e6,
    values: Object.fromEntries(measurements.map((one) => [one.name, one.value])),
  };
  console.log(JSON.stringify(row));
}
await backend.dispose();
