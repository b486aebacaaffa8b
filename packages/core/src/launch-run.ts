import { GanymedeError } from '@ganymede/tensor';
import type { Algorithm } from './algorithm.js';
import { loadCheckpoint, unknownCheckpoint } from './checkpoint.js';
import type { Container } from './container.js';
import { createRun } from './create-run.js';
import type { RunParts } from './run-parts.js';
import type { Dataset } from './dataset.js';
import { createEventHub } from './event-hub.js';
import type { BackendChoice, ResumeOptions, SessionOptions, StartOptions } from './ganymede.js';
import { jsonlSink } from './jsonl-sink.js';
import { lockFolder } from './lock-folder.js';
import { openBackend, type OpenBackend } from './open-backend.js';
import type { Registry } from './registry.js';
import type { Run } from './run.js';
import { datasetOf, datasetToRead, describeDataset } from './run-dataset.js';
import {
  isJson,
  makeFolder,
  readRunConfig,
  refuseExistingRun,
  type RunConfig,
  runPaths,
  writeRunConfig,
} from './run-folder.js';
import { tokens } from './services.js';
import { version } from './version.js';

/** What runs are made with: the plugins' modules and the services. */
export interface Launcher {
  readonly registry: Registry;
  readonly services: Container;
}

/** Absent in a browser. */
const node = globalThis.process?.versions?.node;
const versions = { '@ganymede/core': version, ...(node === undefined ? {} : { node }) };

/** Undoes what was opened, newest first, once. */
function createCleanup() {
  const steps: (() => Promise<void>)[] = [];
  return {
    add: (step: () => Promise<void>) => void steps.push(step),
    run: async () => {
      for (const step of steps.splice(0).reverse()) await step();
    },
  };
}

function makeAlgorithm(registry: Registry, id: string, options: unknown, data: Dataset, batchSize: number) {
  const module = registry.find(id, 'algorithm');
  return { id: module.id, algorithm: module['~make'](options, { data, batchSize }) as Algorithm };
}

function checkSteps(steps: number | undefined, algorithm: Algorithm, id: string): number | undefined {
  if (steps === undefined && algorithm.iterations !== undefined) return undefined;
  if (steps !== undefined && Number.isInteger(steps) && steps >= 0) return steps;
  throw new GanymedeError('GANYMEDE_STEPS', {
    message: `expected a number of iterations for "${id}", received ${steps ?? 'nothing'}`,
    hint: 'say how long to train: `steps: 2000` (`--steps 2000`)',
  });
}

/** The parts that start, resume and open share. */
function partsOf(
  { services }: Launcher,
  o: SessionOptions,
  open: OpenBackend,
  run: { seed: number; folder: string | undefined; keep: number; sinks: 'all' | 'none' },
) {
  const clock = services.get(tokens.clock);
  const rngOf = services.get(tokens.rng);
  const logger = services.get(tokens.logger);
  if (open.backend.notice !== undefined) logger.warn(open.backend.notice);
  const log = run.folder === undefined ? [] : [jsonlSink(runPaths(run.folder).events)];
  const sinks = run.sinks === 'none' ? [] : [...services.get(tokens.events), ...log, ...(o.sinks ?? [])];
  const place = run.folder === undefined ? { keep: run.keep } : { keep: run.keep, folder: run.folder };
  return {
    ...(run.folder === undefined ? {} : { folder: run.folder }),
    backend: open.backend,
    rng: rngOf(run.seed),
    rngOf,
    checkpoints: services.get(tokens.checkpoints)(place),
    events: createEventHub(sinks, clock, logger),
    clock,
    versions,
    ...(o.signal === undefined ? {} : { signal: o.signal }),
    ...(o.debug === undefined ? {} : { debug: o.debug }),
  } satisfies Partial<RunParts>;
}

/** Data that cannot be read may say so before anyone waits for it; without this Node would end the process meanwhile. */
const answerLater = (data: Dataset | Promise<Dataset> | undefined): void =>
  void Promise.resolve(data).catch(() => {});

/** Starts a run; see `Ganymede.start`. */
export async function startRun(launcher: Launcher, id: string, o: StartOptions): Promise<Run> {
  answerLater(o.data);
  const { registry } = launcher;
  const { batch = 64, seed = 0, out: folder, checkpointEvery = 500, keep = 3, shuffle = true } = o;
  registry.find(id, 'algorithm'); // A typing mistake is answered before the data is read.
  if (folder !== undefined) await refuseExistingRun(folder);
  const dataset = await o.data;
  const { algorithm, id: algorithmId } = makeAlgorithm(registry, id, o.options, dataset, batch);
  const steps = checkSteps(o.steps, algorithm, algorithmId);
  const cleanup = createCleanup();
  try {
    const open = await openBackend(registry, o.backend, o.device);
    cleanup.add(open.dispose);
    let release = async (): Promise<void> => {};
    const run = createRun({
      ...partsOf(launcher, o, open, { seed, folder, keep, sinks: 'all' }),
      algorithmId,
      algorithm,
      options: o.options,
      dataset,
      batchSize: batch,
      steps,
      checkpointEvery,
      shuffle,
      onFinish: () => release(),
      onDispose: cleanup.run,
    });
    if (folder !== undefined) {
      await makeFolder(folder);
      release = await lockFolder(folder);
      cleanup.add(release);
      await refuseExistingRun(folder);
      const end = { steps: steps ?? null, plugins: o.plugins ?? [] };
      const config = { batch, seed, checkpointEvery, keep, shuffle, ...end };
      await writeRunConfig(folder, await describeRun(run, open, config));
    }
    return run;
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function describeRun(
  run: Run,
  { id, options }: OpenBackend,
  rest: Pick<RunConfig, 'batch' | 'seed' | 'checkpointEvery' | 'keep' | 'shuffle' | 'steps' | 'plugins'>,
): Promise<RunConfig> {
  const { dataset } = run;
  const { summary, length, fields } = dataset;
  const known = { summary, length, fields, hash: await dataset.hash() };
  return {
    format: 1,
    algorithm: isJson(run.options ?? {})
      ? { id: run.algorithmId, options: run.options ?? {} }
      : { id: run.algorithmId },
    dataset:
      dataset.source !== undefined && isJson(dataset.source) ? { ...known, source: dataset.source } : known,
    backend: { ...(id === undefined ? {} : { id, options }), summary: run.backend.summary },
    ...rest,
    versions,
  };
}

function checkEnd(steps: number | undefined, iteration: number): void {
  if (steps === undefined || steps >= iteration) return;
  throw new GanymedeError('GANYMEDE_STEPS', {
    message: `expected at least ${iteration} iterations in all, as many as the run has done, received ${steps}`,
    hint: 'give the number of iterations that the run ends at, not how many more; or resume from an earlier checkpoint',
    data: { steps, iteration },
  });
}

function optionsOf(config: RunConfig, o: ResumeOptions): unknown {
  if (o.options !== undefined) return o.options;
  if ('options' in config.algorithm) return config.algorithm.options;
  throw new GanymedeError('GANYMEDE_RESUME_OPTIONS', {
    message: `the options of "${config.algorithm.id}" are not JSON and were not kept`,
    hint: 'pass the same options: resume(folder, { options })',
  });
}

const backendOf = (config: RunConfig, o: ResumeOptions): BackendChoice | undefined => {
  if (o.backend !== undefined) return o.backend;
  const { id, options } = config.backend;
  return id === undefined ? undefined : { id, options: options as Readonly<Record<string, unknown>> };
};

/** Goes on with a run, or opens it to read; see `Ganymede.resume` and `Ganymede.open`. */
export async function resumeRun(
  launcher: Launcher,
  folder: string,
  o: ResumeOptions,
  readOnly: boolean,
): Promise<Run> {
  answerLater(o.data);
  const { registry } = launcher;
  const config = await readRunConfig(folder);
  const { batch, seed, keep } = config;
  const cleanup = createCleanup();
  try {
    const release = readOnly ? async () => {} : await lockFolder(folder);
    cleanup.add(release);
    const dataset = await (readOnly ? datasetToRead : datasetOf)(registry, config, o);
    const options = optionsOf(config, o);
    const { algorithm, id } = makeAlgorithm(registry, config.algorithm.id, options, dataset, batch);
    const steps = checkSteps(o.steps ?? config.steps ?? undefined, algorithm, id);
    const open = await openBackend(registry, backendOf(config, o), o.device);
    cleanup.add(open.dispose);
    const shared = partsOf(launcher, o, open, { seed, folder, keep, sinks: readOnly ? 'none' : 'all' });
    const from = await loadCheckpoint(shared.checkpoints, o.checkpoint);
    if (from === undefined && readOnly) throw unknownCheckpoint('latest', [], `"${folder}"`);
    checkEnd(o.steps, from?.meta.iteration ?? 0);
    const run = createRun({
      ...shared,
      algorithmId: id,
      algorithm,
      options,
      dataset,
      batchSize: batch,
      steps,
      checkpointEvery: config.checkpointEvery,
      shuffle: config.shuffle ?? true,
      ...(from === undefined ? {} : { from }),
      readOnly,
      onFinish: release,
      onDispose: cleanup.run,
    });
    if (!readOnly) {
      await shared.events.rewind(from?.meta.iteration ?? 0);
      const changed = { ...config, steps: steps ?? null, dataset: await describeDataset(config, dataset) };
      if (JSON.stringify(changed) !== JSON.stringify(config)) await writeRunConfig(folder, changed);
    }
    return run;
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}
