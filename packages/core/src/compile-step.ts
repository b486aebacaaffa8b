import { formatShape, GanymedeError, sameShape, scalarOf, type Value } from '@ganymede/tensor';
import type { StepReport } from './algorithm.js';
import { type Backend, type CompileOptions, type Held, toHost } from './backend.js';
import { buildStep } from './build-step.js';
import type { Rng } from './rng.js';
import type { StateTypes } from './state-reader.js';
import type { Step } from './step.js';
import { stepFeeds } from './step-feeds.js';

/** What a compiled step is run with. */
export interface StepCall {
  readonly state: ReadonlyMap<string, Held>;
  readonly batch?: Readonly<Record<string, Value>>;
  /** The step's own stream; noise input `name` is drawn from its child `name`. */
  readonly rng: Rng;
  /** How many times the step has run before. */
  readonly call: number;
}

/** What a call of a compiled step gives back. */
export interface StepOutcome {
  /** Next values of the entries that the step replaces. The state that was passed in is left as it was. */
  readonly updates: ReadonlyMap<string, Held>;
  readonly report: StepReport;
}

/** A step compiled on a backend. */
export interface CompiledStep {
  readonly name: string;
  /** Nodes of the optimized graph. */
  readonly nodes: number;
  /** Throws `GANYMEDE_BATCH` where the batch is not what the step declared, and whatever the backend throws. */
  run(call: StepCall): Promise<StepOutcome>;
  dispose(): Promise<void>;
}

function checkBatch(step: Step, batch: Readonly<Record<string, Value>>): void {
  for (const name in step.batch) {
    const want = step.batch[name] as Step['batch'][string];
    const got = batch[name];
    if (got !== undefined && got.dtype === want.dtype && sameShape(got.shape, want.shape)) continue;
    const came =
      got === undefined
        ? `only ${Object.keys(batch).join(', ') || 'nothing'}`
        : `${got.dtype} ${formatShape(got.shape)}`;
    throw new GanymedeError('GANYMEDE_BATCH', {
      message: `step "${step.name}": expected batch entry "${name}" ${want.dtype} ${formatShape(want.shape)}, received ${came}`,
      hint: 'call the step with every entry of its `batch`, at the sizes it was declared with',
    });
  }
}

/** Builds, optimizes and compiles a step for a state of the given types. Errors: those of {@link buildStep} and of the backend. */
export async function compileStep(
  step: Step,
  types: StateTypes,
  backend: Backend,
  options: Pick<CompileOptions, 'profile'> = {},
): Promise<CompiledStep> {
  const program = buildStep(step, types);
  for (const spec of program.noise) {
    const named = spec.shape.find((d) => typeof d !== 'number');
    if (named === undefined) continue;
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `step "${step.name}": noise "${spec.name}" has the named dimension "${named}"`,
      hint: 'training steps are compiled at fixed sizes',
    });
  }
  const executable = await backend.compile(program.graph, {
    resident: program.writes.map((path) => `next/${path}`),
    training: true,
    ...options,
  });
  const feedOf = stepFeeds(program);
  const plan = executable.inputs.map((name) => [name, feedOf(name)] as const);
  return {
    name: step.name,
    nodes: executable.nodes,
    async run(call) {
      checkBatch(step, call.batch ?? {});
      const feeds: Record<string, Held> = {};
      for (const [name, feed] of plan) feeds[name] = feed(call);
      const results = await executable.run(feeds);
      const updates = new Map<string, Held>();
      for (const path of program.writes) updates.set(path, results[`next/${path}`] as Held);
      const metrics: Record<string, number> = {};
      for (const name of program.metrics)
        metrics[name] = scalarOf(await toHost(results[`output/${name}`] as Held));
      const outputs: Record<string, Value> = {};
      for (const name of program.outputs) outputs[name] = await toHost(results[`output/${name}`] as Held);
      return { updates, report: { step: step.name, metrics, outputs } };
    },
    dispose: () => executable.dispose(),
  };
}
