import { type Backend, buildStep, compileStep, createRng, type Held, isOnDevice } from '@ganymede/core';
import type { Contender } from './alternate.js';
import { floatingPointOperations } from './operations.js';
import type { Work, Workload } from './workload.js';

/** A step of this library, compiled and ready to be timed. */
export interface StepContender extends Contender {
  readonly nodes: number;
  /** Milliseconds from the modules to the compiled step. */
  readonly compileMs: number;
  /** Multiplications and additions in the products of one step. */
  readonly operations: number;
  readonly parameters: readonly number[];
  /** Losses of the last step. */
  losses(): readonly number[];
  dispose(): Promise<void>;
}

/** Compiles a workload's step on `backend`. */
export async function createStepContender(
  name: string,
  backend: Backend,
  workload: Workload,
): Promise<StepContender> {
  const start = performance.now();
  const work = workload.create();
  const types = Object.fromEntries(
    Object.entries(work.state).map(([path, { dtype, shape }]) => [path, { dtype, shape }]),
  );
  const step = await compileStep(work.step, types, backend);
  const compileMs = performance.now() - start;
  const { one, losses } = stepping(work, step);
  return {
    name,
    nodes: step.nodes,
    compileMs,
    operations: floatingPointOperations(buildStep(work.step, types).graph),
    parameters: work.parameters,
    losses,
    async block(count) {
      const times: number[] = [];
      for (let i = 0; i < count; i++) times.push(await one());
      return times;
    },
    dispose: () => step.dispose(),
  };
}

/** Steps that continue from one another, as a run's do, drawing noise within their time. */
function stepping(work: Work, step: Awaited<ReturnType<typeof compileStep>>) {
  const rng = createRng(1, 'train');
  const state = new Map<string, Held>(Object.entries(work.state));
  let call = 0;
  let losses: readonly number[] = [];
  const one = async (): Promise<number> => {
    const batch = work.batches[call % work.batches.length] ?? {};
    const begin = performance.now();
    const { updates, report } = await step.run({ state, batch, rng, call });
    for (const [path, next] of updates) {
      const before = state.get(path);
      state.set(path, next);
      if (before !== undefined && isOnDevice(before)) before.dispose();
    }
    const time = performance.now() - begin;
    losses = work.losses.map((name) => report.metrics[name] ?? Number.NaN);
    call++;
    return time;
  };
  return { one, losses: () => losses };
}
