import type { TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { numbersIn, room, toData } from '../kernels/numbers.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape, normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { requireNumeric } from './families/elementwise.js';
import { zeros } from './full.js';
import { scatterElements } from './scatter-elements.js';
import { sliceAxis } from './slice.js';

/** Options of {@link topK}. */
export interface TopKOptions {
  /** Axis along which elements are compared; negative counts from the end. @defaultValue -1 */
  readonly axis?: number;
  /** Whether the largest elements are taken, or the smallest. @defaultValue true */
  readonly largest?: boolean;
}

/** What {@link topK} gives. */
export interface TopK {
  /** The elements, the first one the largest (smallest). */
  readonly values: Tensor;
  /** Where they were along the axis, int64. */
  readonly indices: Tensor;
}

/**
 * The `k` largest (or smallest) elements of every line of `x` along an axis, in order; of equal ones the first comes first.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`), `k` from 0 to the size of the axis, which must be known (`GANYMEDE_SHAPE`); the result has
 * size `k` there. The gradient goes to the elements that were taken; NaN has no defined place. ONNX:
 * [TopK-11](https://onnx.ai/onnx/operators/onnx__TopK.html), one node for both results.
 *
 * ```ts
 * import { constant, evaluate, topK } from '@ganymede/tensor';
 *
 * const { values, indices } = topK(constant([3, 1, 4, 1, 5]), 2);
 * evaluate({ values }).values.data; // => [5, 4]
 * evaluate({ indices }).indices.data; // => [4n, 2n]
 * ```
 */
export function topK(x: Tensor, k: number, { axis = -1, largest = true }: TopKOptions = {}): TopK {
  const attributes = {
    axis: normalizeAxis(axis, x.shape, site('TopK')),
    k: [k],
    largest: largest ? 1 : 0,
    sorted: 1,
  } as const;
  const values = makeTensor(topKOperator, [x], { ...attributes, output: 0 });
  // ONNX Runtime's kernel ends the process where there are no lines.
  if (values.shape.includes(0))
    return { values: sliceAxis(x, attributes.axis, 0, k), indices: zeros(values.shape, 'int64') };
  return { values, indices: makeTensor(topKOperator, [x], { ...attributes, output: 1 }) };
}

type TopKAttributes = {
  readonly axis: number;
  /** One number, as ONNX writes it. */
  readonly k: readonly number[];
  readonly largest: 0 | 1;
  readonly sorted: 1;
  readonly output: 0 | 1;
};

/** The order of a line's elements, best first, equal ones by position. */
function ranking(line: readonly number[], largest: boolean): number[] {
  const sign = largest ? -1 : 1;
  return line.map((_, i) => i).sort((i, j) => sign * ((line[i] as number) - (line[j] as number)) || i - j);
}

function evaluate(
  x: Value,
  { axis, k: [k = 0], largest, output }: TopKAttributes,
  result: { readonly dtype: Value['dtype']; readonly shape: readonly number[] },
): TensorData {
  const n = x.shape[axis] ?? 1;
  const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const numbers = numbersIn(x);
  const to = room(result);
  const outer = n === 0 ? 0 : numbers.length / (n * inner);
  for (let block = 0; block < outer; block++) {
    for (let i = 0; i < inner; i++) {
      const at = (place: number, size: number): number => (block * size + place) * inner + i;
      const line = Array.from({ length: n }, (_, place) => numbers[at(place, n)] as number);
      const order = ranking(line, largest === 1);
      for (let rank = 0; rank < k; rank++) {
        const place = order[rank] as number;
        to[at(rank, k)] = output === 1 ? place : (line[place] as number);
      }
    }
  }
  return toData(result.dtype, to);
}

export const topKOperator = defineOperator<TopKAttributes, Unary>({
  name: 'TopK',
  results: () => 2,
  infer: ([x], { axis, k: [k = 0], output }) => {
    requireNumeric('TopK', x);
    const size = x.shape[axis];
    if (typeof size !== 'number' || !Number.isInteger(k) || k < 0 || k > size) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('TopK')}: ${k} elements cannot be taken along axis ${axis} of ${formatShape(x.shape)}`,
        hint: 'k is a whole number from 0 to the size of the axis, which is known',
      });
    }
    return {
      dtype: output === 1 ? 'int64' : x.dtype,
      shape: x.shape.map((d, i): Dim => (i === axis ? k : d)),
    };
  },
  gradients: ([g], { inputs: [x], attributes: { axis }, result }) => [
    g === undefined ? null : scatterElements(zeros(x.shape, g.dtype), result(1), g, axis),
  ],
  evaluate: ([x], attributes, output) => evaluate(x, attributes, output),
  onnx: {
    attributes: { axis: 'int', largest: 'int', sorted: 'int' },
    operands: [{ name: 'k', kind: 'ints' }],
    decode: ([x], { axis = -1, k: [k = 0] = [], largest = 1 }) => {
      const { values, indices } = topK(x, k, { axis, largest: largest === 1 });
      return [values, indices];
    },
  },
});
