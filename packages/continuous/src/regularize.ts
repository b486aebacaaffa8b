import {
  flattenTree,
  type Regularizer,
  type RegularizerInput,
  type State,
  type StateReader,
  type StepContext,
  type Tree,
  withoutBufferUpdates,
} from '@ganymede/core';
import { scope, type Shape, type Tensor, type Value } from '@ganymede/tensor';

/** A regularizer together with the path of its state: its name, numbered from the second of that name on. */
export interface NamedRegularizer {
  readonly path: string;
  readonly regularizer: Regularizer;
}

/** The regularizers of one network, by path. */
export function regularizersOf(
  network: NonNullable<Regularizer['of']>,
  all: readonly Regularizer[] = [],
): readonly NamedRegularizer[] {
  const seen = new Map<string, number>();
  return all
    .map((regularizer) => {
      const count = (seen.get(regularizer.name) ?? 0) + 1;
      seen.set(regularizer.name, count);
      return { path: `regularizer/${regularizer.name}${count === 1 ? '' : count}`, regularizer };
    })
    .filter(({ regularizer }) => (regularizer.of ?? 'discriminator') === network);
}

/** Initial state entries of regularizers, for batches of samples of `shape`. */
export const initRegularizers = (all: readonly NamedRegularizer[], shape: Shape): State =>
  Object.assign(
    {},
    ...all.map(({ path, regularizer }) => flattenTree<Value>(regularizer.init?.(shape) ?? {}, path)),
  ) as State;

/** `loss` plus the penalties of all. Their state is read from `state`; its next values are buffers of the step. */
export function addPenalties(
  all: readonly NamedRegularizer[],
  loss: Tensor,
  input: Omit<RegularizerInput, 'ctx' | 'state'>,
  state: StateReader,
  ctx: StepContext,
): Tensor {
  const still = withoutBufferUpdates(ctx);
  return all.reduce((total, { path, regularizer }) => {
    const own = ctx.child(path);
    const here: StepContext = {
      ...still.child(regularizer.name),
      updateBuffer: (name, next) => own.updateBuffer(name, next),
    };
    const kept = regularizer.init === undefined ? {} : { state: state.tree(path) };
    return scope(`regularizer/${regularizer.name}`, () =>
      total.add(regularizer.penalty({ ...input, ...kept, ctx: here })),
    );
  }, loss);
}

/** What the parameters become after an update: every regularizer's rule, one after the other. */
export const projectParams = (all: readonly NamedRegularizer[], params: Tree<Tensor>): Tree<Tensor> =>
  all.reduce((projected, { regularizer }) => regularizer.project?.(projected) ?? projected, params);
