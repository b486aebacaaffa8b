import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Dataset,
  GanymedeError,
  type Measurement,
  metricInput,
  type MetricInput,
  type Run,
  writeFileDurably,
} from '@ganymede/core';
import { type Assignments, parseAssignments } from '../config/assignments.js';
import { mergeOptions } from '../config/merge-options.js';
import { formatDuration } from '../terminal/format.js';
import { jsonText } from '../terminal/json-text.js';
import { metricProgress } from '../terminal/metric-progress.js';
import type { Output } from '../terminal/output.js';
import {
  type ChosenMetric,
  chooseMetrics,
  type MetricFlags,
  metricsOfData,
  metricsOfRun,
} from './choose-metrics.js';
import { dataFrom } from './data-at.js';
import { metricInputOfData } from './metric-input-of-data.js';
import { type OpenFlags, withRun } from './open-run.js';
import { openSession, type Session } from './session.js';

/** Flags of `evaluate`. */
export interface EvaluateFlags extends OpenFlags, MetricFlags {
  readonly seed: number;
  readonly out?: string;
}

/** What one metric measured, and how long it took. */
interface MeasuredMetric {
  readonly metric: string;
  readonly seconds: number;
  readonly measurements: readonly Measurement[];
}

/**
 * `ganymede evaluate <run or data>`: measures a run's samples, or data such as a folder of generated images, and keeps the figures
 * with their provenance: in the run's folder, or in the file of `--out`.
 */
export async function evaluate(source: string, flags: EvaluateFlags, output: Output): Promise<void> {
  const isFolder = (await stat(source).catch(() => undefined))?.isDirectory() ?? false;
  if (!isFolder && flags.data !== undefined) return evaluateData(source, flags.data, flags, output);
  if (!isFolder && /^[a-z-]+:/.test(source)) {
    throw new GanymedeError('GANYMEDE_USAGE', {
      message: `"${source}" is data: say with what it is compared`,
      hint: `ganymede evaluate ${source} --data <what>`,
    });
  }
  const { data: dataOptions } = refuseOthers(flags);
  await withRun(source, { ...flags, dataOptions }, async (run, session) => {
    const measured = await measureRunBy(run, session, flags, output);
    const file = flags.out ?? join(source, `evaluation-${String(run.iteration).padStart(6, '0')}.json`);
    await report({ iteration: run.iteration }, measured, file, output);
  });
}

/** What `--set` says of a run; refuses what would not be heeded: its backend and, without `--data`, its data are as it was trained. */
function refuseOthers({ set = [], data }: EvaluateFlags): Assignments {
  const given = parseAssignments(set);
  const [option] = [
    ...Object.keys(given.backend).map((key) => `backend.${key}`),
    ...Object.keys(data === undefined ? given.data : {}).map((key) => `data.${key}`),
  ];
  if (option === undefined) return given;
  throw new GanymedeError('GANYMEDE_USAGE', {
    message: `--set ${option}: a run is measured on its own backend and data`,
    hint: 'name others with --backend, --device and --data; options of that data follow with --set data.…',
  });
}

/** Measures a run with the metrics named, or with those that fit its data. */
export async function measureRun(
  run: Run,
  session: Session,
  flags: Pick<EvaluateFlags, keyof MetricFlags | 'seed'>,
): Promise<readonly Measurement[]> {
  return (await measureRunBy(run, session, flags)).flatMap(({ measurements }) => measurements);
}

async function measureRunBy(
  run: Run,
  session: Session,
  flags: Pick<EvaluateFlags, keyof MetricFlags | 'seed'>,
  output?: Output,
): Promise<readonly MeasuredMetric[]> {
  const what = `what this run makes (${run.algorithm.sampler.kind} from ${run.dataset.summary})`;
  const chosen = chooseMetrics(session, metricsOfRun(run, flags.features), flags, what);
  return measure(chosen, await metricInput(run, { seed: flags.seed, batch: 100 }), output);
}

async function evaluateData(
  source: string,
  data: string,
  flags: EvaluateFlags,
  output: Output,
): Promise<void> {
  const session = await openSession(flags.plugin);
  const given = parseAssignments(flags.set ?? []);
  const [samples, dataset] = (await dataFrom(session, [source, data], given.data)) as [Dataset, Dataset];
  const wanted = flags.count ?? Math.min(5000, samples.length);
  if (wanted > samples.length) {
    throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
      message: `--count ${wanted}: ${samples.summary} holds ${samples.length} samples`,
      hint: `use --count ${samples.length} or less`,
      data: { needed: wanted, counts: [samples.length] },
    });
  }
  const what = `data of this kind (${dataset.summary})`;
  const chosen = chooseMetrics(
    session,
    metricsOfData(dataset, flags.features),
    { ...flags, count: wanted },
    what,
  );
  const device = flags.device === undefined ? {} : { device: flags.device };
  const backend = await session.make('backend', flags.backend ?? 'ort', mergeOptions(device, given.backend));
  try {
    const measured = await measure(chosen, metricInputOfData(samples, dataset, backend, flags.seed), output);
    const facts = {
      samples: { summary: samples.summary, hash: await samples.hash() },
      data: dataset.summary,
    };
    await report(facts, measured, flags.out, output);
  } finally {
    await backend.dispose();
  }
}

/** Measures one metric after the other, showing how far each is. */
async function measure(
  chosen: readonly ChosenMetric[],
  input: MetricInput,
  output?: Output,
): Promise<readonly MeasuredMetric[]> {
  const progress = output && metricProgress(output);
  // One input for all: what metrics compute alike they share by it.
  const shown = progress === undefined ? input : { ...input, progress: progress.update };
  const measured: MeasuredMetric[] = [];
  try {
    for (const { id, metric } of chosen) {
      const started = performance.now();
      const measurements = await metric.measure(shown);
      const seconds = (performance.now() - started) / 1000;
      progress?.stop();
      output?.done('measured', `${id} in ${formatDuration(seconds)}`, { metric: id, seconds });
      measured.push({ metric: id, seconds, measurements });
    }
  } finally {
    progress?.stop();
  }
  return measured;
}

const figure = (x: number): string => x.toPrecision(5);

function lineOf({ name, value, interval }: Measurement, width: number): string {
  const start = `${name.padEnd(width)} ${figure(value)}`;
  if (interval === undefined) return start;
  const share = Number((100 * interval.level).toPrecision(3));
  return `${start.padEnd(width + 13)} ${share} %: ${figure(interval.low)} to ${figure(interval.high)}`;
}

/** Prints a table and keeps everything in `file`, if there is one. */
async function report(
  facts: Readonly<Record<string, unknown>>,
  measured: readonly MeasuredMetric[],
  file: string | undefined,
  output: Output,
): Promise<void> {
  const measurements = measured.flatMap((one) => one.measurements);
  const seconds = Object.fromEntries(measured.map((one) => [one.metric, Number(one.seconds.toFixed(3))]));
  const all = { ...facts, measurements, seconds };
  if (file !== undefined) await writeFileDurably(file, `${jsonText(all, 2)}\n`);
  const width = Math.max(16, ...measurements.map(({ name }) => name.length));
  const lines = measurements.map((one) => lineOf(one, width));
  if (file !== undefined) lines.push(`${'provenance'.padEnd(width)} ${file}`);
  output.result(lines.join('\n'), { ...(file === undefined ? {} : { file }), ...all });
}
