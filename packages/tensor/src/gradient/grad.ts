import { isFloating } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { topologicalOrder } from '../graph/topological-order.js';
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
  const gradients = new Map<Tensor, Tensor>();
  for (const node of order.reverse()) {
    const list = contributions.get(node);
    if (list === undefined || !dependent.has(node)) continue;
    scopeAt(node.scope === '' ? 'gradient' : `gradient/${node.scope}`, () => {
      const g = accumulate(list);
      gradients.set(node, g);
      if (node.inputs.some((x) => dependent.has(x))) backward(node, g, dependent, contribute);
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

/** Hands the gradient of a tensor on to those of its inputs that matter. */
function backward(
  node: Tensor,
  g: Tensor,
  dependent: ReadonlySet<Tensor>,
  contribute: (x: Tensor, g: Tensor) => void,
): void {
  const { operator, inputs, attributes } = node;
  if (operator.gradient === undefined) {
    throw new GanymedeError('GANYMEDE_NO_GRADIENT', {
      message: `operator ${operator.name}${node.scope === '' ? '' : ` in ${node.scope}`} has no gradient rule`,
      hint: 'put stopGradient around its input if no gradient should flow there',
      data: { operator: operator.name, scope: node.scope },
    });
  }
  const partials = operator.gradient(g, node, inputs, attributes);
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
