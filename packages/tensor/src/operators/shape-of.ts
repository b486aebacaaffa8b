import type { TensorData } from '../dtype.js';
import { toData } from '../kernels/numbers.js';
import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';

/**
 * The dimensions of `x` as an int64 tensor `[rank]`, also those that are named and known only when the graph runs.
 *
 * Programs of fixed sizes read `x.shape` instead. Not differentiable. ONNX:
 * [Shape-15](https://onnx.ai/onnx/operators/onnx__Shape.html).
 */
export function shapeOf(x: Tensor): Tensor {
  return makeTensor(shapeOfOperator, [x], {});
}

export const shapeOfOperator = defineOperator<NoAttributes, Unary>({
  name: 'Shape',
  infer: ([x]) => ({ dtype: 'int64', shape: [x.rank] }),
  gradient: () => [null],
  evaluate: ([x]): TensorData => toData('int64', Float64Array.from(x.shape)),
  onnx: {},
});
