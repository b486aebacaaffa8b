import type { Graph } from '../graph/graph.js';
import { type Rewrite, rewriteGraph, withInputs } from '../graph/rewrite.js';
import { gemm } from '../operators/gemm.js';
import { reshape } from '../operators/reshape.js';
import { transpose } from '../operators/transpose.js';
import type { Tensor } from '../tensor.js';
import { isBroadcasting } from './rules/broadcasting.js';

/** Operators that treat each element alone. */
const UNARY = new Set(
  'Abs Cast Ceil Clip Cos Elu Erf Exp Floor IsNaN LeakyRelu Log Neg Not Reciprocal Relu Round Sigmoid Sign Sin Softplus Sqrt Tanh'.split(
    ' ',
  ),
);

const permutationOf = (x: Tensor): readonly number[] | undefined =>
  x.operator.name === 'Transpose' ? (x.attributes.perm as readonly number[]) : undefined;

/** Whether the order of all axes longer than 1 stays the same: then the elements stay where they are. */
function movesNothing(x: Tensor, perm: readonly number[]): boolean {
  const moved = perm.filter((axis) => x.shape[axis] !== 1);
  return moved.every((axis, i) => i === 0 || axis > (moved[i - 1] ?? 0));
}

/** Transposes of transposes, and ones that move axes of size 1 only. */
const compose: Rewrite = (node) => {
  const perm = permutationOf(node);
  const [x] = node.inputs;
  if (perm === undefined || x === undefined) return node;
  const inner = permutationOf(x);
  const source = x.inputs[0];
  if (inner !== undefined && source !== undefined)
    return transpose(
      source,
      perm.map((axis) => inner[axis] ?? 0),
    );
  const named = node.shape.filter((d) => typeof d === 'string').length;
  return named <= 1 && movesNothing(x, perm) ? reshape(x, node.shape) : node;
};

/** A transposed matrix in a product is read transposed. */
const absorb: Rewrite = (node) => {
  const [a, b, bias] = node.inputs;
  if (node.operator.name !== 'Gemm' || a === undefined || b === undefined) return node;
  const sourceA = permutationOf(a) && a.inputs[0];
  const sourceB = permutationOf(b) && b.inputs[0];
  if (sourceA === undefined && sourceB === undefined) return node;
  return gemm(sourceA ?? a, sourceB ?? b, {
    transA: (node.attributes.transA === 1) !== (sourceA !== undefined),
    transB: (node.attributes.transB === 1) !== (sourceB !== undefined),
    ...(bias && { bias }),
  });
};

/** Elementwise work on transposed tensors is done before the transpose, which then happens once, or meets its opposite. */
const sink: Rewrite = (node) => {
  const { name } = node.operator;
  if (!UNARY.has(name) && !isBroadcasting(node)) return node;
  const full = node.inputs.filter((x) => x.rank > 0);
  const perm = full[0] && permutationOf(full[0]);
  const alike = full.every((x) => x.rank === node.rank && permutationOf(x)?.join() === perm?.join());
  if (perm === undefined || !alike) return node;
  return transpose(
    withInputs(
      node,
      node.inputs.map((x) => (x.rank > 0 ? (x.inputs[0] ?? x) : x)),
    ),
    perm,
  );
};

/**
 * Removes transposes: joins those in a row, lets matrix products absorb them, moves them behind elementwise operators where
 * all operands have the same one, and makes a reshape of those that only move axes of size 1. Results stay the same bit
 * for bit.
 */
export function simplifyTransposes(source: Graph): Graph {
  return rewriteGraph(source, (node) => sink(absorb(compose(node))));
}
