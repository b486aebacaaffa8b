import { isFloating } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { siblingGroups, siblingOf } from '../graph/siblings.js';
import { topologicalOrder } from '../graph/topological-order.js';
import type { Partial } from '../operator.js';
import { ones, zeros } from '../operators/full.js';
import { scopeAt } from '../scope.js';
import { formatShape, sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { accumulate } from './accumulate.js';

/** One tensor for each of `Xs`. */
export type Derivatives<Xs extends readonly Tensor[]> = { -readonly [K in keyof Xs]: Tensor };

/** Options of {@link grad}. */
export interface GradOptions {
  /** Weights the elements of `y`; required unless `y` has one element, for which it is 1. */
  readonly seed?: Tensor;
}

/**
 * The derivative of `y` for each of `xs`, as tensors built from operators: it can be differentiated again, to any order.
 *
 * `y` is a scalar, or `seed` of `y`'s shape says how its elements count (`GANYMEDE_SHAPE`). `y` and `xs` are floating
 * (`GANYMEDE_DTYPE`). Where `y` does not depend on an `x` the derivative is zeros. An operator on the way without a gradient
 * rule is an error (`GANYMEDE_NO_GRADIENT`).
 *
 * ```ts
 * import { evaluate, grad, input, valueOf } from '@ganymede/tensor';
 *
 * const x = input('x', [3]);
 * const [dx] = grad(x.mul(x).sum(), [x]);
 * evaluate({ dx }, { x: valueOf([1, 2, 3]) }).dx.data; // => [2, 4, 6]
 * ```
 */
export function grad<const Xs extends readonly Tensor[]>(
  y: Tensor,
  xs: Xs,
  { seed }: GradOptions = {},
): Derivatives<Xs> {
  return vjp([y], xs, [seed ?? defaultSeed(y)]);
}

function defaultSeed(y: Tensor): Tensor {
  if (y.shape.some((d) => d !== 1)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `grad: a tensor of shape ${formatShape(y.shape)} has no single derivative`,
      hint: 'reduce it with sum or mean, or pass { seed }',
    });
  }
  return ones(y.shape, y.dtype);
}

/** Sum over all `ys` of their derivative for each of `xs`, weighted by `seeds`: the vector-Jacobian product. See {@link grad}. */
export function vjp<const Xs extends readonly Tensor[]>(
  ys: readonly Tensor[],
  xs: Xs,
  seeds: readonly Tensor[],
): Derivatives<Xs> {
  const contributions = new Map<Tensor, Tensor[]>();
  const contribute = (x: Tensor, g: Tensor): void => {
    const list = contributions.get(x);
    if (list === undefined) contributions.set(x, [g]);
    else list.push(g);
  };
  check(ys, xs, seeds);
  for (const [i, y] of ys.entries()) contribute(y, seeds[i] as Tensor);
  const order = topologicalOrder(ys);
  const dependent = dependents(order, xs);
  const groups = siblingGroups(order);
  const gradients = new Map<Tensor, Tensor>();
  for (const node of order.reverse()) {
    if (!dependent.has(node)) continue;
    const list = contributions.get(node);
    const group = groups.get(node);
    // The first of several results comes last here, when the gradients of all of them are known.
    const complete = group === undefined ? list !== undefined : node === group[0];
    if (list === undefined && !complete) continue;
    scopeAt(node.scope === '' ? 'gradient' : `gradient/${node.scope}`, () => {
      const g = list && accumulate(list);
      if (g !== undefined) gradients.set(node, g);
      if (!complete || !node.inputs.some((x) => dependent.has(x))) return;
      const partials =
        group === undefined ? partialsOf(node, g as Tensor) : partialsOfAll(group, gradients, dependent);
      handOn(node, partials, dependent, contribute);
    });
    contributions.delete(node);
  }
  // `map` keeps the length, which its type does not say.
  return xs.map((x) => gradients.get(x) ?? zeros(x.shape, x.dtype)) as Derivatives<Xs>;
}

/** The tensors that depend on one of `xs`, `xs` included. */
function dependents(order: readonly Tensor[], xs: readonly Tensor[]): Set<Tensor> {
  const dependent = new Set(xs);
  for (const node of order) if (node.inputs.some((x) => dependent.has(x))) dependent.add(node);
  return dependent;
}

function refuse({ operator, scope }: Tensor): never {
  throw new GanymedeError('GANYMEDE_NO_GRADIENT', {
    message: `operator ${operator.name}${scope === '' ? '' : ` in ${scope}`} has no gradient rule`,
    hint: 'put stopGradient around its input if no gradient should flow there',
    data: { operator: operator.name, scope },
  });
}

function partialsOf(node: Tensor, g: Tensor): readonly Partial[] {
  const { operator, inputs, attributes } = node;
  return operator.gradient?.(g, node, inputs, attributes) ?? refuse(node);
}

/** The partials of an application with several results, from the gradients of those that have one. */
function partialsOfAll(
  group: readonly Tensor[],
  gradients: ReadonlyMap<Tensor, Tensor>,
  dependent: ReadonlySet<Tensor>,
): readonly Partial[] {
  const [node] = group as readonly [Tensor, ...Tensor[]];
  const { operator, inputs, attributes } = node;
  const known = new Map(group.map((x) => [x.attributes.output, x]));
  const result = (output: number): Tensor => {
    const x = known.get(output) ?? siblingOf(node, output);
    known.set(output, x);
    return x;
  };
  const gs = Array.from({ length: operator.results?.(attributes) ?? 1 }, (_, output) => {
    const among = group.filter((x) => x.attributes.output === output).map((x) => gradients.get(x));
    const found = among.filter((g) => g !== undefined);
    return found.length === 0 ? undefined : accumulate(found);
  });
  if (gs.every((g) => g === undefined)) return [];
  const wanted = inputs.map((x) => dependent.has(x) && isFloating(x.dtype));
  return operator.gradients?.(gs, { inputs, attributes, wanted, result }) ?? refuse(node);
}

/** Hands partials on to those inputs that matter. */
function handOn(
  { inputs }: Tensor,
  partials: readonly Partial[],
  dependent: ReadonlySet<Tensor>,
  contribute: (x: Tensor, g: Tensor) => void,
): void {
  inputs.forEach((x, i) => {
    const partial = partials[i];
    if (partial === null || partial === undefined || !dependent.has(x) || !isFloating(x.dtype)) return;
    contribute(x, typeof partial === 'function' ? partial() : partial);
  });
}

function check(ys: readonly Tensor[], xs: readonly Tensor[], seeds: readonly Tensor[]): void {
  for (const x of [...ys, ...xs]) {
    if (isFloating(x.dtype)) continue;
    throw new GanymedeError('GANYMEDE_DTYPE', {
      message: `grad: ${x.operator.name} of dtype ${x.dtype} has no derivative`,
      hint: 'differentiate float32 or float64 tensors',
    });
  }
  ys.forEach((y, i) => {
    const seed = seeds[i];
    if (seed !== undefined && sameShape(seed.shape, y.shape) && seed.dtype === y.dtype) return;
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `grad: the seed ${seed === undefined ? 'is missing' : `${seed.dtype}${formatShape(seed.shape)}`} but should be ${y.dtype}${formatShape(y.shape)}`,
    });
  });
}
