import type { TensorData } from '../dtype.js';
import { lengthOf, toData } from '../kernels/numbers.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';

/**
 * The number of elements of `x` as an int64 scalar, also where dimensions are named and known only when the graph runs.
 *
 * Programs of fixed sizes use `sizeOf(x.shape)` instead. Not differentiable. ONNX:
 * [Size-13](https://onnx.ai/onnx/operators/onnx__Size.html).
 */
export function size(x: Tensor): Tensor {
  return makeTensor(sizeOperator, [x], {});
}

export const sizeOperator = defineOperator<NoAttributes, Unary>({
  name: 'Size',
  infer: () => ({ dtype: 'int64', shape: [] }),
  gradient: () => [null],
  evaluate: ([x]): TensorData => toData('int64', Float64Array.of(lengthOf(x.shape))),
  onnx: {},
});
