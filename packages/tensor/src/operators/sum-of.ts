import { unbroadcast } from '../gradient/unbroadcast.js';
import { addAll } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { inferAll } from './families/elementwise.js';

/**
 * Sum of several tensors, element by element: one node instead of a chain of `add`.
 *
 * At least one, all of one dtype, float32 or float64 (`GANYMEDE_DTYPE`); they broadcast (`GANYMEDE_SHAPE`). ONNX:
 * [Sum-13](https://onnx.ai/onnx/operators/onnx__Sum.html).
 */
export function sumOf(tensors: readonly Tensor[]): Tensor {
  return makeTensor(sumOfOperator, tensors, {});
}

export const sumOfOperator = defineOperator<NoAttributes>({
  name: 'Sum',
  infer: (tensors) => inferAll('Sum', tensors),
  gradient: (g, _, tensors) => tensors.map((x) => () => unbroadcast(g, x)),
  evaluate: (values, _, output) => addAll(values, 1, output),
  onnx: {},
});
