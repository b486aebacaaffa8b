import {
  formatShape,
  GanymedeError,
  type Graph,
  graph,
  input,
  optimize,
  sameShape,
  type Tensor,
} from '@ganymede/tensor';
import { createStateReader, type StateTypes, unknownState } from './state-reader.js';
import type { Step } from './step.js';
import { createStepContext, type NoiseSpec, type ScalarSpec } from './step-context.js';

/** A step as one graph. Inputs: state paths, `batch/<name>`, `noise/…`, `scalar/…`; outputs: `next/<path>`, `output/<name>`. */
export interface StepProgram {
  readonly graph: Graph;
  readonly noise: readonly NoiseSpec[];
  readonly scalars: readonly ScalarSpec[];
  /** State paths that the step replaces. */
  readonly writes: readonly string[];
  /** Names of float32 scalar outputs. */
  readonly metrics: readonly string[];
  /** Names of the other outputs. */
  readonly outputs: readonly string[];
}

/**
 * Builds a step's program from the types of state and batch, and optimizes it unless it is wanted `asWritten`. Errors of its
 * own: `GANYMEDE_UNKNOWN_STATE`, `GANYMEDE_STATE_TYPE` where a next value's dtype or shape differs from the entry's; whatever the program itself throws.
 */
export function buildStep(step: Step, types: StateTypes, { asWritten = false } = {}): StepProgram {
  const state = createStateReader(types, `step "${step.name}"`);
  const { ctx, noise, scalars, bufferUpdates } = createStepContext({ training: true });
  const batch = Object.fromEntries(
    Object.entries(step.batch).map(([name, type]) => [name, input(`batch/${name}`, type.shape, type.dtype)]),
  );
  const result = step.program(state, batch, ctx);
  // What the step says itself counts more than what its networks reported on the way.
  const next: Record<string, Tensor> = { ...Object.fromEntries(bufferUpdates), ...result.state };
  for (const [path, tensor] of Object.entries(next)) checkNext(step, types, path, tensor);
  const outputs = result.outputs ?? {};
  const isMetric = (t: Tensor) => t.dtype === 'float32' && t.shape.length === 0;
  const rename = (prefix: string, tensors: Readonly<Record<string, Tensor>>) =>
    Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor] as const);
  const program = graph({
    name: step.name,
    outputs: Object.fromEntries([...rename('next', next), ...rename('output', outputs)]),
  });
  return {
    graph: asWritten ? program : optimize(program),
    noise,
    scalars,
    writes: Object.keys(next),
    metrics: Object.keys(outputs).filter((name) => isMetric(outputs[name] as Tensor)),
    outputs: Object.keys(outputs).filter((name) => !isMetric(outputs[name] as Tensor)),
  };
}

function checkNext(step: Step, types: StateTypes, path: string, next: Tensor): void {
  const type = types[path];
  if (type === undefined)
    throw unknownState(path, Object.keys(types), `step "${step.name}" sets its next value`);
  if (type.dtype === next.dtype && sameShape(type.shape, next.shape)) return;
  throw new GanymedeError('GANYMEDE_STATE_TYPE', {
    message:
      `step "${step.name}": the next value of "${path}" must be ${type.dtype} ${formatShape(type.shape)}, ` +
      `but is ${next.dtype} ${formatShape(next.shape)}`,
    hint: 'a state entry keeps its dtype and shape for the whole run',
  });
}
