import { GanymedeError } from '@ganymede/tensor';
import { createExclusive } from './exclusive.js';
import { createHeldState } from './held-state.js';
import { profileRun } from './profile-run.js';
import type { Run, RunStatus } from './run.js';
import type { RunEvent } from './run-event.js';
import type { RunParts } from './run-parts.js';
import { createRunSampling } from './run-sampling.js';
import { createTraining, type Turn } from './training.js';

/** Makes a run, at its beginning or at `from`. Nothing is compiled before it is needed. Throws `GANYMEDE_BATCH_TOO_LARGE`. */
export function createRun(parts: RunParts): Run {
  const { events, from, rng } = parts;
  const state = createHeldState(from?.state ?? parts.algorithm.init(rng.child('init')));
  const training = createTraining(parts, state);
  const sampling = createRunSampling(parts, state);
  const exclusive = createExclusive();
  let status: RunStatus = 'ready';
  let failure: unknown;
  let disposed = false;

  function guard(): void {
    if (!disposed) return;
    throw new GanymedeError('GANYMEDE_RUN_DISPOSED', {
      message: 'the run was disposed',
      hint: 'call `dispose()` when nothing more is wanted of the run; resume it from its folder',
    });
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

  function fail(error: unknown): Turn {
    status = 'failed';
    failure = error;
    const code = GanymedeError.is(error) ? error.code : 'GANYMEDE_UNEXPECTED';
    const message = error instanceof Error ? error.message : String(error);
    return { events: [{ type: 'error', iteration: training.iteration, code, message }] };
  }

  /** Does `work` when it is its turn and tells the sinks; an error ends the run. */
  async function tell(work: () => Promise<Turn>): Promise<RunEvent[]> {
    const turn = await exclusive(
      async (): Promise<Turn> => (status === 'ready' ? work() : { events: [] }),
    ).catch(fail);
    if (turn.over !== undefined) status = turn.over;
    const told: RunEvent[] = [];
    for (const event of turn.events) told.push(await events.emit(event));
    return told;
  }

  async function* advance(): AsyncGenerator<RunEvent> {
    guardTraining();
    while (status === 'ready') {
      // All of them to the sinks first: the caller may leave the loop at any of them.
      const news = await tell(training.turn);
      news.push(...(await tell(training.saveIfDue)));
      if (status !== 'ready') await parts.onFinish?.();
      yield* news;
    }
    if (status === 'failed') throw failure;
  }

  return {
    ...(parts.folder === undefined ? {} : { folder: parts.folder }),
    algorithmId: parts.algorithmId,
    algorithm: parts.algorithm,
    options: parts.options,
    dataset: parts.dataset,
    batchSize: parts.batchSize,
    backend: parts.backend,
    seed: rng.seed,
    steps: parts.steps,
    get iteration() {
      return training.iteration;
    },
    get status() {
      return status;
    },
    state,
    advance,
    complete: async () => {
      for await (const _ of advance());
    },
    sampler: async (batch) => {
      guard();
      return sampling.sampler(batch);
    },
    sample: async (options) => {
      guard();
      const { sampler, call } = await sampling.prepare(options);
      return exclusive(() => sampler.sample(call));
    },
    async *sampleBatches(options) {
      guard();
      const { sampler, call } = await sampling.prepare(options);
      const batches = sampler.batches(call);
      while (true) {
        const { done, value } = await exclusive(() => batches.next());
        if (done) return;
        yield value;
      }
    },
    profile: async (options = {}) => {
      guard();
      return exclusive(() => profileRun(parts, state, options));
    },
    checkpoint: async () => {
      guardTraining();
      const { id, events: news } = await exclusive(training.save);
      for (const event of news) await events.emit(event);
      return id;
    },
    dispose: async () => {
      if (disposed) return;
      disposed = true;
      await exclusive(async () => {
        await training.dispose();
        await sampling.dispose();
        state.dispose();
      });
      await events.close();
      await parts.onFinish?.();
      await parts.onDispose?.();
    },
  };
}
