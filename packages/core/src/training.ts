import { GanymedeError, type Value } from '@ganymede/tensor';
import type { Position, ScheduleContext, StepReport } from './algorithm.js';
import { isOnDevice } from './backend.js';
import type { CheckpointMeta } from './checkpoint.js';
import { nonFiniteMetric, nonFiniteState } from './check-finite.js';
import type { CompiledStep, StepCall, StepOutcome } from './compile-step.js';
import { compileSteps } from './compile-steps.js';
import { createDataStream } from './data-stream.js';
import { debugCall } from './debug-call.js';
import type { UntimedEvent } from './event-hub.js';
import type { HeldState } from './held-state.js';
import type { RunParts } from './run-parts.js';
import type { Step } from './step.js';

/** What a turn brought: events, and whether training is over. */
export interface Turn {
  readonly events: readonly UntimedEvent[];
  readonly over?: 'ended' | 'stopped';
}

/** The engine of a run: one turn at a time, never two at once (the run sees to that). */
export interface Training {
  /** Iterations completed. */
  readonly iteration: number;
  /** One iteration, or the end of the run. */
  turn(): Promise<Turn>;
  /** The checkpoint that is due after an iteration: a turn of its own, so that the log has the iteration before it is saved. */
  saveIfDue(): Promise<Turn>;
  /** Saves the state after the last whole iteration, unless that was done. `GANYMEDE_MID_ITERATION`, `GANYMEDE_NON_FINITE`. */
  save(): Promise<{ readonly id: string; readonly events: readonly UntimedEvent[] }>;
  dispose(): Promise<void>;
}

/** Makes the engine; compiles nothing before the first turn. Throws `GANYMEDE_BATCH_TOO_LARGE`. */
export function createTraining(parts: RunParts, state: HeldState): Training {
  const { algorithm, backend, clock, dataset, from, rng, signal } = parts;
  const position: Position = { ...(from?.meta.position ?? algorithm.start) };
  const calls: Record<string, number> = { ...from?.meta.calls };
  const cursor = from === undefined ? {} : { cursor: from.meta.data };
  const data = createDataStream({
    dataset,
    batchSize: parts.batchSize,
    rng: rng.child('data'),
    shuffle: parts.shuffle ?? true,
    ...cursor,
  });
  let steps: ReadonlyMap<string, CompiledStep> | undefined;
  let schedule: AsyncIterator<StepReport> | undefined;
  let iteration = from?.meta.iteration ?? 0;
  let seconds = from?.meta.seconds ?? 0;
  let saved = from === undefined ? undefined : { id: from.id, iteration };
  /** The first bad metric of the present iteration. */
  let bad: GanymedeError | undefined;
  /** Whether a step has run or the state was set since the last whole iteration. */
  let midway = false;

  async function lookAt(name: string, call: StepCall, outcome: StepOutcome): Promise<void> {
    const facts = { step: algorithm.steps[name] as Step, types: state.types, backend, call, outcome };
    bad ??= await debugCall({ ...facts, iteration: iteration + 1, lastGood: saved?.id });
    if (bad === undefined) return;
    for (const held of outcome.updates.values()) if (isOnDevice(held)) held.dispose();
    throw bad;
  }

  function callable(name: string, step: CompiledStep) {
    const stream = rng.child(`step/${name}`);
    return async (batch: Readonly<Record<string, Value>> = {}): Promise<StepReport> => {
      const call = calls[name] ?? 0;
      midway = true;
      const asked = { state: state.entries, batch, rng: stream, call };
      const outcome = await step.run(asked);
      const { updates, report } = outcome;
      if (parts.debug !== undefined) await lookAt(name, asked, outcome);
      state.apply(updates);
      calls[name] = call + 1;
      bad ??= nonFiniteMetric(report, iteration + 1, saved?.id);
      return report;
    };
  }

  /** Compiles the steps and starts the schedule; returns what there is to tell. */
  async function begin(): Promise<UntimedEvent[]> {
    const compiled = await compileSteps(algorithm, state.types, backend, clock, iteration);
    steps = compiled.steps;
    const context: ScheduleContext = {
      steps: Object.fromEntries([...steps].map(([name, step]) => [name, callable(name, step)])),
      data,
      position,
      state: {
        get: state.get,
        set: (path, value) => {
          midway = true;
          state.set(path, value);
        },
      },
      rng: rng.child('schedule'),
      signal: signal ?? new AbortController().signal,
    };
    schedule = algorithm.schedule(context)[Symbol.asyncIterator]();
    return [startEvent(parts, iteration), ...compiled.events];
  }

  const meta = (): CheckpointMeta => ({
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
  });

  async function save(): ReturnType<Training['save']> {
    if (saved?.iteration === iteration) return { id: saved.id, events: [] };
    if (midway) {
      throw new GanymedeError('GANYMEDE_MID_ITERATION', {
        message: `the run stands in the middle of iteration ${iteration + 1} and cannot be saved`,
        hint: saved === undefined ? 'start it anew' : `resume from "${saved.id}"`,
      });
    }
    const began = clock.elapsed();
    const snapshot = await state.snapshot();
    const spoiled = nonFiniteState(snapshot, iteration, saved?.id);
    if (spoiled !== undefined) throw spoiled;
    const id = await parts.checkpoints.save(meta(), snapshot);
    saved = { id, iteration };
    const took = (clock.elapsed() - began) / 1000;
    return { id, events: [{ type: 'checkpoint', iteration, checkpoint: id, seconds: took }] };
  }

  async function finish(over: 'ended' | 'stopped'): Promise<Turn> {
    // A schedule that obeyed the signal in the middle of an iteration leaves nothing to save: the last checkpoint stands.
    const events = midway ? [] : (await save()).events;
    await schedule?.return?.();
    const type = over === 'ended' ? 'end' : 'stopped';
    const checkpoint = saved === undefined ? {} : { checkpoint: saved.id };
    return { events: [...events, { type, iteration, seconds, ...checkpoint }], over };
  }

  async function turn(): Promise<Turn> {
    const news = steps === undefined ? await begin() : [];
    const prepend = ({ events, over }: Turn): Turn => ({
      events: [...news, ...events],
      ...(over === undefined ? {} : { over }),
    });
    if (parts.steps !== undefined && iteration >= parts.steps) return prepend(await finish('ended'));
    if (signal?.aborted) return prepend(await finish('stopped'));
    const began = clock.elapsed();
    const next = (await schedule?.next()) as IteratorResult<StepReport, unknown>;
    if (bad !== undefined) throw bad;
    if (next.done) {
      if (signal?.aborted) return prepend(await finish('stopped'));
      midway = false; // The schedule is through: what it did last belongs to the final state.
      return prepend(await finish('ended'));
    }
    const report = next.value;
    const unusual = nonFiniteMetric(report, iteration + 1, saved?.id); // A schedule may report what no step did.
    if (unusual !== undefined) throw unusual;
    midway = false;
    iteration += 1;
    const took = (clock.elapsed() - began) / 1000;
    seconds += took;
    const { step, metrics } = report;
    return prepend({ events: [{ type: 'step', iteration, step, metrics, seconds: took }] });
  }

  return {
    get iteration() {
      return iteration;
    },
    turn,
    save,
    saveIfDue: async () => {
      const due = !midway && iteration > 0 && iteration % parts.checkpointEvery === 0;
      return { events: due ? (await save()).events : [] };
    },
    dispose: async () => {
      await schedule?.return?.().catch(() => {}); // Closing a schedule that failed may fail again.
      for (const step of steps?.values() ?? []) await step.dispose();
    },
  };
}

function startEvent(
  { algorithmId, dataset, backend, steps, batchSize, rng, from }: RunParts,
  iteration: number,
): UntimedEvent {
  return {
    type: 'start',
    iteration,
    algorithm: algorithmId,
    dataset: dataset.summary,
    backend: backend.summary,
    steps: steps ?? null,
    batch: batchSize,
    seed: rng.seed,
    ...(from === undefined ? {} : { from: from.id }),
  };
}
