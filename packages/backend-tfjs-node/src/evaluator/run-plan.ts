import { GanymedeError } from '@ganymede/core';
import { type Bindings, bindShape, resolveShape, type Tensor } from '@ganymede/tensor';
import { withoutLayout } from './layout/channels-last-operator.js';
import type { Plan, Step } from './plan.js';
import type { Observe } from './record-kernels.js';
import { held, type TfDtype, type Tfjs, type TfTensor } from './tfjs.js';

/** A tensor for an input of a plan, and whether the run frees it. */
export interface FedTensor {
  readonly tensor: TfTensor;
  readonly owned: boolean;
}

/** Tensors by slot while a plan runs, and which of them have to be freed. */
class Slots {
  private readonly tensors: (TfTensor | undefined)[];
  private readonly owned = new Set<number>();

  constructor(size: number, constants: ReadonlyMap<number, TfTensor>) {
    this.tensors = new Array<TfTensor | undefined>(size);
    for (const [slot, tensor] of constants) this.tensors[slot] = tensor;
  }

  get(slot: number): TfTensor {
    return this.tensors[slot] as TfTensor;
  }

  set(slot: number, tensor: TfTensor, owned: boolean): void {
    this.tensors[slot] = tensor;
    if (owned) this.owned.add(slot);
  }

  release(slots: Iterable<number>): void {
    for (const slot of slots) if (this.owned.delete(slot)) this.get(slot).dispose();
  }

  /** Hands an output over: the tensor itself where nobody else holds it, else another one of the same elements. */
  take(slot: number): TfTensor {
    return this.owned.delete(slot) ? this.get(slot) : this.get(slot).clone();
  }

  releaseAll(): void {
    this.release([...this.owned]);
  }
}

/**
 * Computes a plan from first step to last without a pause, so that nothing else uses TensorFlow.js meanwhile. Returns the
 * outputs, which are the caller's to dispose; everything else is freed as soon as nothing needs it, after a failure too. `shapes`
 * are those of everything that was fed.
 */
export function runPlan(
  tf: Tfjs,
  plan: Plan,
  constants: ReadonlyMap<number, TfTensor>,
  feeds: ReadonlyMap<string, FedTensor>,
  shapes: (name: string) => readonly number[],
  observe?: Observe,
): readonly TfTensor[] {
  const slots = new Slots(plan.slots, constants);
  try {
    for (const [name, slot] of plan.feeds) {
      const { tensor, owned } = feeds.get(name) as FedTensor;
      slots.set(slot, tensor, owned);
    }
    const bindings = bindFeeds(plan, shapes);
    for (const step of plan.steps) {
      const began = observe === undefined ? 0 : performance.now();
      const results = compute(tf, step, slots, bindings);
      observe?.(step, began, performance.now(), results);
      results.forEach((tensor, i) => {
        const slot = step.outputs[i];
        if (slot === undefined) tensor.dispose();
        else slots.set(slot, tensor, true);
      });
      slots.release(step.release);
    }
    return plan.outputs.map(({ slot }) => slots.take(slot));
  } finally {
    slots.releaseAll();
  }
}

/** What the named dimensions of the graph are in this run; the feeds have been checked. */
function bindFeeds({ signature }: Plan, shapes: (name: string) => readonly number[]): Bindings {
  const bindings: Bindings = new Map();
  for (const [name, { shape }] of signature) bindShape(shape, shapes(name), bindings);
  return bindings;
}

function compute(
  tf: Tfjs,
  { node, run, inputs, outputs, shape }: Step,
  slots: Slots,
  bindings: Bindings,
): TfTensor[] {
  const tensors = inputs.map((slot) => slots.get(slot));
  try {
    const wanted = shape ?? resolveShape(node.shape, bindings);
    // No kernel is asked for tensors without elements.
    if (outputs.length === 1 && wanted.includes(0)) return [tf.zeros([...wanted], heldDtype(node))];
    return tf.tidy(() => {
      const results = [run({ tf, inputs: tensors, shape: wanted })].flat();
      // A result that is an input would be freed twice.
      return results.map((x, i) => (tensors.includes(x) || results.indexOf(x) < i ? x.clone() : x));
    });
  } catch (cause) {
    throw GanymedeError.is(cause) ? cause : runError(cause, node);
  }
}

/** Float64 was refused when the graph was planned. */
const heldDtype = ({ dtype }: Tensor): TfDtype => held[dtype as keyof typeof held];

/** The error for an operator that failed: `GANYMEDE_BACKEND_RUN`, with its place. */
function runError(cause: unknown, node: Tensor): GanymedeError {
  const text = (cause instanceof Error ? cause.message : String(cause))
    .replace(/^Invalid TF_Status: \d+\s*Message: /, '')
    .trim();
  const where = node.scope === '' ? '' : ` in ${node.scope}`;
  const name = withoutLayout(node.operator.name);
  const memory = /\boom\b|out of memory|alloc/i.test(text);
  return new GanymedeError('GANYMEDE_BACKEND_RUN', {
    message: `TensorFlow.js failed at operator "${name}"${where}: ${text}`,
    hint: memory
      ? 'it ran out of memory: use a smaller batch or smaller layers'
      : 'check the values fed, such as indices beyond the axis they select from',
    data: { operator: name, node: node.scope },
    cause,
  });
}
