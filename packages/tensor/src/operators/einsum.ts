import { productOf, sameShape, type Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { readEquation, sizesOf } from './families/einsum-equation.js';
import { requireNumeric, requireSameDtype } from './families/elementwise.js';
import { expand } from './expand.js';
import { matmul } from './matmul.js';
import { mul } from './mul.js';
import { sum } from './reduce-sum.js';
import { reshape } from './reshape.js';
import { slice } from './slice.js';
import { transpose } from './transpose.js';

/** A tensor and the label of each of its axes. */
interface Labelled {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/**
 * Products of tensors summed over shared axes, in Einstein's notation: `einsum('bhqd,bhkd->bhqk', queries, keys)`.
 *
 * One letter per axis and operand, `...` for axes that broadcast, a letter twice in one operand for its diagonal; letters that the
 * output lacks are summed over. Without `->` the output is NumPy's. Sizes of one letter are equal (`GANYMEDE_SHAPE`), operands have
 * one numeric dtype (`GANYMEDE_DTYPE`). Composite: operands are combined from left to right, each pair as one MatMul or product, so
 * that gradients are matrix products too; order operands so that early pairs are small. ONNX's
 * [Einsum-12](https://onnx.ai/onnx/operators/onnx__Einsum.html) is read as this.
 *
 * ```ts
 * import { constant, einsum, evaluate } from '@ganymede/tensor';
 *
 * const x = constant([1, 2, 3]);
 * evaluate({ y: einsum('i,i->', x, x) }).y.data; // => [14]
 * ```
 */
export function einsum(equation: string, ...operands: readonly Tensor[]): Tensor {
  requireNumeric('Einsum', ...operands);
  requireSameDtype('Einsum', ...operands);
  const { terms, output } = readEquation(equation, operands);
  const sizes = sizesOf(equation, { terms, output }, operands);
  const parts = operands.map((x, i) => diagonals({ x, labels: terms[i] ?? [] }));
  let [result] = parts as [Labelled, ...Labelled[]];
  parts.slice(1).forEach((next, i) => {
    const later = [...output, ...parts.slice(i + 2).flatMap(({ labels }) => labels)];
    result = combine(
      sumOut(result, [...later, ...next.labels]),
      sumOut(next, [...later, ...result.labels]),
      later,
    );
  });
  const { x, labels } = sumOut(result, output);
  const ordered = permuted({ x, labels }, output);
  const shape = output.map((label) => sizes.get(label) ?? 1);
  return sameShape(ordered.shape, shape) ? ordered : expand(ordered, shape);
}

/** Axes in the order of `labels`. */
function permuted({ x, labels: own }: Labelled, labels: readonly string[]): Tensor {
  const order = labels.map((label) => own.indexOf(label));
  return order.every((axis, i) => axis === i) ? x : transpose(x, order);
}

/** One axis for each label that an operand has twice: every `n + 1`-th element of the two axes laid out as one. */
function diagonals({ x, labels }: Labelled): Labelled {
  const first = labels.findIndex((label, i) => labels.lastIndexOf(label) !== i);
  if (first < 0) return { x, labels };
  const label = labels[first] as string;
  const second = labels.indexOf(label, first + 1);
  const others = labels.map((_, i) => i).filter((i) => i !== first && i !== second);
  const n = Number(x.shape[first]);
  const lead: Shape = others.map((i) => x.shape[i] ?? 1);
  const flat = reshape(transpose(x, [...others, first, second]), [...lead, n * n]);
  const diagonal = slice(flat, { axes: [others.length], starts: [0], ends: [n * n], steps: [n + 1] });
  return diagonals({ x: diagonal, labels: [...others.map((i) => labels[i] as string), label] });
}

/** Sums over the axes that nothing needs. */
function sumOut({ x, labels }: Labelled, needed: readonly string[]): Labelled {
  const axes = labels.flatMap((label, i) => (needed.includes(label) ? [] : [i]));
  if (axes.length === 0) return { x, labels };
  return { x: sum(x, axes), labels: labels.filter((label) => needed.includes(label)) };
}

const shapeOf = ({ x, labels }: Labelled, wanted: readonly string[]): Shape =>
  wanted.map((label) => x.shape[labels.indexOf(label)] ?? 1);

/** The product of two tensors, summed over the labels that both have and nothing needs later. */
function combine(a: Labelled, b: Labelled, later: readonly string[]): Labelled {
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const summed = shared.filter((label) => !later.includes(label));
  const batch = shared.filter((label) => later.includes(label));
  const [freeA, freeB] = [a, b].map(({ labels }) => labels.filter((label) => !shared.includes(label))) as [
    string[],
    string[],
  ];
  const labels = [...batch, ...freeA, ...freeB];
  const left = permuted(a, [...batch, ...freeA, ...summed]);
  const right = permuted(b, [...batch, ...summed, ...freeB]);
  const [batchA, batchB, m, k, n] = [
    shapeOf(a, batch),
    shapeOf(b, batch),
    shapeOf(a, freeA),
    shapeOf(a, summed),
    shapeOf(b, freeB),
  ];
  if (summed.length === 0) {
    const ones = freeB.map(() => 1);
    const product = mul(
      reshape(left, [...batchA, ...m, ...ones]),
      reshape(right, [...batchB, ...freeA.map(() => 1), ...n]),
    );
    return { x: product, labels };
  }
  const product = matmul(
    reshape(left, [...batchA, productOf(m), productOf(k)]),
    reshape(right, [...batchB, productOf(k), productOf(n)]),
  );
  return { x: reshape(product, [...product.shape.slice(0, batch.length), ...m, ...n]), labels };
}
