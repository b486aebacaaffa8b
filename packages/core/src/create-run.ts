import { GanymedeError, type Value } from '@ganymede/tensor';
import type { Algorithm, Position, StepReport } from './algorithm.js';
import type { Backend } from './backend.js';
import type { Checkpoint, CheckpointMeta, CheckpointStore } from './checkpoint.js';
import { nonFiniteMetric, nonFiniteState } from './check-finite.js';
import type { Clock } from './clock.js';
import { type CompiledSampler, compileSampler } from './compile-sampler.js';
import { type CompiledStep, compileStep } from './compile-step.js';
import { createDataStream } from './data-stream.js';
import type { Dataset } from './dataset.js';
import type { EventHub, UntimedEvent } from './event-hub.js';
import { createExclusive } from './exclusive.js';
import { createHeldState } from './held-state.js';
import type { Rng } from './rng.js';
import type { Run, RunStatus, SampleOptions } from './run.js';
import type { RunEvent } from './run-event.js';

/** Everything a run is made of. `createGanymede` puts this together; a test may do so by hand. */
export interface RunParts {
  readonly folder?: string;
  readonly algorithmId: string;
  readonly algorithm: Algorithm;
  readonly options?: unknown;
  readonly dataset: Dataset;
  readonly batchSize: number;
  readonly backend: Backend;
  readonly rng: Rng;
  /** Makes the generator of a sampling seed. */
  readonly rngOf: (seed: number) => Rng;
  readonly steps: number | undefined;
  /** Iterations between checkpoints. */
  readonly checkpointEvery: number;
  readonly checkpoints: CheckpointStore;
  readonly events: EventHub;
  readonly clock: Clock;
  readonly versions: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Goes on from here. */
  readonly from?: Checkpoint;
  /** Only samples and reads: `advance` and `checkpoint` are refused. */
  readonly readOnly?: boolean;
  /** Called once, last of all, when the run is disposed. */
  readonly onDispose?: () => Promise<void>;
  /** Called when the run has ended, stopped or failed: its folder may be used by others. */
  readonly onFinish?: () => Promise<void>;
}

/** Makes a run, at its beginning or at `from`. Nothing is compiled before it is needed. Throws `GANYMEDE_BATCH_TOO_LARGE`. */
export function createRun(parts: RunParts): Run {
  const { algorithm, backend, checkpoints, clock, dataset, events, from, rng, signal } = parts;
  const state = createHeldState(from?.state ?? algorithm.init(rng.child('init')));
  const position: Position = { ...(from?.meta.position ?? algorithm.start) };
  const calls: Record<string, number> = { ...from?.meta.calls };
  const data = createDataStream({
    dataset,
    batchSize: parts.batchSize,
    rng: rng.child('data'),
    ...(from === undefined ? {} : { cursor: from.meta.data }),
  });
  const exclusive = createExclusive();
  const samplers = new Map<number, Promise<CompiledSampler>>();
  const pending: UntimedEvent[] = [];
  let compiled: CompiledStep[] | undefined;
  let schedule: AsyncIterator<StepReport> | undefined;
  let iteration = from?.meta.iteration ?? 0;
  let saved: string | undefined = from?.id;
  let savedAt = from?.meta.iteration;
  let seconds = from?.meta.seconds ?? 0;
  let status: RunStatus = 'ready';
  let failure: unknown;
  /** The first bad metric of the present iteration. */
  let bad: GanymedeError | undefined;
  /** Whether a step has run or the state was set since the last whole iteration. */
  let midway = false;
  let disposed = false;

  async function compile(): Promise<void> {
    compiled = [];
    pending.push({
      type: 'start',
      iteration,
      algorithm: parts.algorithmId,
      dataset: dataset.summary,
      backend: backend.summary,
      steps: parts.steps ?? null,
      batch: parts.batchSize,
      seed: rng.seed,
      ...(from === undefined ? {} : { from: from.id }),
    });
    for (const step of Object.values(algorithm.steps)) {
      const began = clock.elapsed();
      const done = await compileStep(step, state.types, backend);
      compiled.push(done);
      const took = (clock.elapsed() - began) / 1000;
      pending.push({ type: 'compiled', iteration, step: step.name, nodes: done.nodes, seconds: took });
    }
  }

  function callable(name: string, step: CompiledStep) {
    const stream = rng.child(`step/${name}`);
    return async (batch?: Readonly<Record<string, Value>>): Promise<StepReport> => {
      const call = calls[name] ?? 0;
      midway = true;
      const outcome = await step.run({
        state: state.entries,
        rng: stream,
        call,
        ...(batch === undefined ? {} : { batch }),
      });
      state.apply(outcome.updates);
      calls[name] = call + 1;
      bad ??= nonFiniteMetric(outcome.report, iteration + 1, saved);
      return outcome.report;
    };
  }

  function begin(): AsyncIterator<StepReport> {
    const names = Object.keys(algorithm.steps);
    const steps = Object.fromEntries(
      names.map((name, i) => [name, callable(name, compiled?.[i] as CompiledStep)]),
    );
    const context = {
      steps,
      data,
      position,
      state: {
        get: state.get,
        set: (path: string, value: Value) => {
          midway = true;
          state.set(path, value);
        },
      },
      rng: rng.child('schedule'),
      signal: signal ?? new AbortController().signal,
    };
    return algorithm.schedule(context)[Symbol.asyncIterator]();
  }

  function meta(): CheckpointMeta {
    return {
      iteration,
      position: { ...position },
      data: data.cursor,
      calls: { ...calls },
      seed: rng.seed,
      algorithm: { id: parts.algorithmId, options: parts.options },
      dataset: dataset.summary,
      backend: backend.summary,
      versions: parts.versions,
      seconds,
    };
  }

  /** Saves the state after the last whole iteration, unless that was done. */
  async function save(): Promise<{ id: string; event?: UntimedEvent }> {
    if (saved !== undefined && savedAt === iteration) return { id: saved };
    if (midway) {
      throw new GanymedeError('GANYMEDE_MID_ITERATION', {
        message: `the run stands in the middle of iteration ${iteration + 1} and cannot be saved`,
        hint: saved === undefined ? 'start it anew' : `resume from "${saved}"`,
      });
    }
    const began = clock.elapsed();
    const snapshot = await state.snapshot();
    const spoiled = nonFiniteState(snapshot, iteration, saved);
    if (spoiled !== undefined) throw spoiled;
    const id = await checkpoints.save(meta(), snapshot);
    saved = id;
    savedAt = iteration;
    const took = (clock.elapsed() - began) / 1000;
    return { id, event: { type: 'checkpoint', iteration, checkpoint: id, seconds: took } };
  }

  async function finish(type: 'end' | 'stopped'): Promise<UntimedEvent[]> {
    const last = midway && type === 'stopped' ? undefined : await save();
    await schedule?.return?.();
    status = type === 'end' ? 'ended' : 'stopped';
    const checkpoint = last?.id ?? saved;
    return [
      ...(last?.event === undefined ? [] : [last.event]),
      { type, iteration, seconds, ...(checkpoint === undefined ? {} : { checkpoint }) },
    ];
  }

  /** One turn: an iteration with its checkpoint, or the end of the run. */
  async function turn(): Promise<UntimedEvent[]> {
    if (compiled === undefined) await compile();
    if (parts.steps !== undefined && iteration >= parts.steps) return finish('end');
    if (signal?.aborted) return finish('stopped');
    schedule ??= begin();
    const began = clock.elapsed();
    const { done, value: report } = await schedule.next();
    if (bad !== undefined) throw bad;
    if (done) {
      if (!signal?.aborted) midway = false; // The schedule is through: what it did last belongs to the final state.
      return finish(signal?.aborted ? 'stopped' : 'end');
    }
    const unusual = nonFiniteMetric(report, iteration + 1, saved);
    if (unusual !== undefined) throw unusual;
    midway = false;
    iteration += 1;
    const took = (clock.elapsed() - began) / 1000;
    seconds += took;
    return [{ type: 'step', iteration, step: report.step, metrics: report.metrics, seconds: took }];
  }

  /** The checkpoint that is due after an iteration. Apart from it, so that the log has the iteration before it is saved. */
  async function saveIfDue(): Promise<UntimedEvent[]> {
    if (midway || iteration === 0 || iteration % parts.checkpointEvery !== 0) return [];
    const { event } = await save();
    return event === undefined ? [] : [event];
  }

  function guard(): void {
    if (disposed) {
      throw new GanymedeError('GANYMEDE_RUN_DISPOSED', {
        message: 'the run was disposed',
        hint: 'call `dispose()` when nothing more is wanted of the run; resume it from its folder',
      });
    }
  }

  function guardTraining(): void {
    guard();
    if (status === 'failed') throw failure;
    if (!parts.readOnly) return;
    throw new GanymedeError('GANYMEDE_READ_ONLY', {
      message: 'the run was opened to be read and sampled, not trained',
      hint: 'use `resume` instead of `open` to go on training',
    });
  }

  function fail(error: unknown): UntimedEvent {
    status = 'failed';
    failure = error;
    const code = GanymedeError.is(error) ? error.code : 'GANYMEDE_UNEXPECTED';
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'error', iteration, code, message };
  }

  /** Does `work` in its turn and tells the sinks; an error ends the run. */
  async function tell(work: () => Promise<UntimedEvent[]>): Promise<RunEvent[]> {
    const news = await exclusive(async () => (status === 'ready' ? work() : [])).catch((error) => [
      fail(error),
    ]);
    const told: RunEvent[] = [];
    for (const event of [...pending.splice(0), ...news]) told.push(await events.emit(event));
    return told;
  }

  async function* advance(): AsyncGenerator<RunEvent> {
    guardTraining();
    while (status === 'ready') {
      // All of them to the sinks first: the caller may leave the loop at any of them.
      const news = await tell(turn);
      news.push(...(await tell(saveIfDue)));
      if (status !== 'ready') await parts.onFinish?.();
      yield* news;
    }
    if (status === 'failed') throw failure;
  }

  function sampler(batch: number): Promise<CompiledSampler> {
    const known = samplers.get(batch);
    if (known !== undefined) return known;
    const made = compileSampler(algorithm.sampler, state.types, backend, batch);
    samplers.set(batch, made);
    made.catch(() => samplers.delete(batch));
    return made;
  }

  function sampleCall({ count, seed = 0, batch = Math.min(count, 64), inputs }: SampleOptions) {
    guard();
    if (!Number.isInteger(count) || count < 1 || !Number.isInteger(batch) || batch < 1) {
      throw new GanymedeError('GANYMEDE_SAMPLE_COUNT', {
        message: `expected a count and a batch of at least 1, received count ${count}, batch ${batch}`,
      });
    }
    const call = { state: state.entries, count, rng: parts.rngOf(seed).child('sample') };
    return { batch, call: inputs === undefined ? call : { ...call, inputs } };
  }

  return {
    ...(parts.folder === undefined ? {} : { folder: parts.folder }),
    algorithmId: parts.algorithmId,
    algorithm,
    options: parts.options,
    dataset,
    batchSize: parts.batchSize,
    backend,
    seed: rng.seed,
    steps: parts.steps,
    get iteration() {
      return iteration;
    },
    get status() {
      return status;
    },
    state,
    advance,
    complete: async () => {
      for await (const _ of advance());
    },
    sampler,
    sample: async (options) => {
      const { batch, call } = sampleCall(options);
      const made = await sampler(batch);
      return exclusive(() => made.sample(call));
    },
    async *sampleBatches(options) {
      const { batch, call } = sampleCall(options);
      const batches = (await sampler(batch)).batches(call);
      while (true) {
        const { done, value } = await exclusive(() => batches.next());
        if (done) return;
        yield value;
      }
    },
    checkpoint: async () => {
      guardTraining();
      const { id, event } = await exclusive(save);
      if (event !== undefined) await events.emit(event);
      return id;
    },
    dispose: async () => {
      if (disposed) return;
      disposed = true;
      await exclusive(async () => {
        await schedule?.return?.().catch(() => {}); // Closing a schedule that failed may fail again.
        for (const step of compiled ?? []) await step.dispose();
        for (const made of samplers.values()) await made.then((it) => it.dispose()).catch(() => {});
        state.dispose();
      });
      await events.close();
      await parts.onFinish?.();
      await parts.onDispose?.();
    },
  };
}
