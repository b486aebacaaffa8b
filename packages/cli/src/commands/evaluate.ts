import { join } from 'node:path';
import { GanymedeError, type Measurement, metricInput, type Run, writeFileDurably } from '@ganymede/core';
import { parseAssignments } from '../config/assignments.js';
import { mergeOptions } from '../config/merge-options.js';
import type { Output } from '../terminal/output.js';
import { type OpenFlags, withRun } from './open-run.js';
import type { Session } from './session.js';

/** Flags of `evaluate`. */
export interface EvaluateFlags extends OpenFlags {
  readonly metric?: readonly string[];
  readonly count?: number;
  readonly set?: readonly string[];
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

type Options = Readonly<Record<string, unknown>>;

/** Measures a run with the metrics named, or with those that fit its data. */
export async function measureRun(
  run: Run,
  session: Session,
  { metric, count, seed, set = [] }: Pick<EvaluateFlags, 'metric' | 'count' | 'seed' | 'set'>,
): Promise<readonly Measurement[]> {
  const fitting = metricsFor(run);
  const ids = metric ?? Object.keys(fitting);
  if (ids.length === 0) {
    throw new GanymedeError('GANYMEDE_USAGE', {
      message: `no metric fits by itself what this run makes (${run.algorithm.sampler.kind} from ${run.dataset.summary})`,
      hint: `name one with --metric, its options with --set; known: ${session.ids('metric').join(', ')}`,
    });
  }
  const given = parseAssignments(set).algorithm as Readonly<Record<string, Options>>;
  refuseUnused(given, ids);
  const made = ids.map((id) => {
    const own = count === undefined ? {} : { count };
    return session.make('metric', id, mergeOptions({ ...fitting[id], ...own }, given[id]));
  });
  const input = await metricInput(run, { seed, batch: 100 });
  const measured: Measurement[] = [];
  for (const module of made) measured.push(...(await module.measure(input)));
  return measured;
}

function refuseUnused(given: Readonly<Record<string, Options>>, ids: readonly string[]): void {
  const unused = Object.entries(given).find(
    ([id, options]) => !ids.includes(id) || typeof options !== 'object',
  );
  if (unused === undefined) return;
  throw new GanymedeError('GANYMEDE_USAGE', {
    message: `--set "${unused[0]}": expected an option of a metric that is measured (${ids.join(', ')})`,
    hint: `for example --set ${ids[0]}.count=1000; \`ganymede list ${ids[0]}\` shows its options`,
  });
}

/** Metrics that need nothing said, with the options that the data tells. */
function metricsFor({ algorithm, dataset }: Run): Readonly<Record<string, Options>> {
  const { kind } = algorithm.sampler;
  if (kind === 'points' && 'centres' in dataset) return { modes: {} };
  if (kind === 'images' && dataset.fields.labels !== undefined) return { fid: {}, classes: {} };
  if (kind === 'tokens' && dataset.source?.id === '@ganymede/discrete/oracle') {
    const { parameters, vocabulary } = dataset.source.options as Options;
    return { 'nll-oracle': { parameters, ...(vocabulary === undefined ? {} : { vocabulary }) } };
  }
  return {};
}
