import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { requireNumeric, sameType } from './families/elementwise.js';
import { mapLines } from './families/reduction.js';

/** Options of {@link cumSum}. */
export interface CumSumOptions {
  /** Leave each element out of its own sum. @defaultValue false */
  readonly exclusive?: boolean;
  /** Sum from the end. @defaultValue false */
  readonly reverse?: boolean;
}

/**
 * Sum of all elements up to each one along `axis`: returns from rewards, with `reverse`.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`); a negative axis counts from the end (`GANYMEDE_AXIS`). ONNX:
 * [CumSum-14](https://onnx.ai/onnx/operators/onnx__CumSum.html).
 */
export function cumSum(
  x: Tensor,
  axis: number,
  { exclusive = false, reverse = false }: CumSumOptions = {},
): Tensor {
  return makeTensor(cumSumOperator, [x], {
    axis: normalizeAxis(axis, x.shape, site('CumSum')),
    exclusive: exclusive ? 1 : 0,
    reverse: reverse ? 1 : 0,
  });
}

type CumSumAttributes = { readonly axis: number; readonly exclusive: 0 | 1; readonly reverse: 0 | 1 };

export const cumSumOperator = defineOperator<CumSumAttributes, Unary>({
  name: 'CumSum',
  infer: ([x]) => {
    requireNumeric('CumSum', x);
    return sameType(x);
  },
  gradient: (g, _, __, { axis, exclusive, reverse }) => [
    cumSum(g, axis, { exclusive: exclusive === 1, reverse: reverse === 0 }),
  ],
  evaluate: ([x], { axis, exclusive, reverse }, output) => {
    const line = (from: Float64Array, to: Float64Array): void => {
      let total = 0;
      for (let k = 0; k < from.length; k++) {
        const i = reverse === 1 ? from.length - 1 - k : k;
        if (exclusive === 1) to[i] = total;
        total += from[i] as number;
        if (exclusive === 0) to[i] = total;
      }
    };
    return mapLines(line, x, axis, output);
  },
  onnx: {
    attributes: { exclusive: 'int', reverse: 'int' },
    operands: [{ name: 'axis', kind: 'int' }],
    decode: ([x], { axis = 0, exclusive, reverse }) =>
      cumSum(x, axis, { exclusive: exclusive === 1, reverse: reverse === 1 }),
  },
});
