import { join } from 'node:path';
import { type Measurement, type Run, writeFileDurably } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';
import type { Output } from '../terminal/output.js';
import { type OpenFlags, withRun } from './open-run.js';
import type { Session } from './session.js';

/** Flags of `evaluate`. */
export interface EvaluateFlags extends OpenFlags {
  readonly metric?: readonly string[];
  readonly count?: number;
  readonly seed: number;
}

/** `ganymede evaluate <run>`: measures the run's samples and keeps the figures with their provenance in its folder. */
export async function evaluate(folder: string, flags: EvaluateFlags, output: Output): Promise<void> {
  await withRun(folder, flags, async (run, session) => {
    const measurements = await measureRun(run, session, flags);
    const file = join(folder, `evaluation-${String(run.iteration).padStart(6, '0')}.json`);
    await writeFileDurably(file, `${JSON.stringify({ iteration: run.iteration, measurements }, null, 2)}\n`);
    const lines = measurements.map(({ name, value }) => `${name.padEnd(16)} ${value.toPrecision(5)}`);
    output.result([...lines, `provenance       ${file}`].join('\n'), { file, measurements });
  });
}

/** Measures a run with the metrics named, or with those that fit its data. */
export async function measureRun(
  run: Run,
  session: Session,
  { metric = metricsFor(run), count, seed }: Pick<EvaluateFlags, 'metric' | 'count' | 'seed'>,
): Promise<readonly Measurement[]> {
  const measured: Measurement[] = [];
  for (const id of metric) {
    const module = session.make('metric', id, count === undefined ? {} : { count });
    const result = await module.measure({
      dataset: run.dataset,
      backend: run.backend,
      state: await run.state.snapshot(),
      seed,
      samples: (howMany, sampleSeed = seed) => firstOutputs(run, howMany, sampleSeed),
    });
    measured.push(...result);
  }
  return measured;
}

async function* firstOutputs(run: Run, count: number, seed: number): AsyncGenerator<Value> {
  for await (const outputs of run.sampleBatches({ count, seed, batch: Math.min(count, 100) })) {
    yield Object.values(outputs)[0] as Value;
  }
}

function metricsFor({ algorithm, dataset }: Run): readonly string[] {
  if (algorithm.sampler.kind === 'points') return ['modes'];
  if (algorithm.sampler.kind === 'images' && dataset.fields.labels !== undefined) return ['fid', 'classes'];
  if (algorithm.sampler.kind === 'tokens') return ['nll-oracle'];
  return [];
}
