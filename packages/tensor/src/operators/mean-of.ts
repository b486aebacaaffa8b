import { unbroadcast } from '../gradient/unbroadcast.js';
import { addAll } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { mul } from './mul.js';
import { inferAll } from './families/elementwise.js';

/**
 * Mean of several tensors, element by element.
 *
 * At least one, all of one dtype, float32 or float64 (`GANYMEDE_DTYPE`); they broadcast (`GANYMEDE_SHAPE`). ONNX:
 * [Mean-13](https://onnx.ai/onnx/operators/onnx__Mean.html).
 */
export function meanOf(tensors: readonly Tensor[]): Tensor {
  return makeTensor(meanOfOperator, tensors, {});
}

export const meanOfOperator = defineOperator<NoAttributes>({
  name: 'Mean',
  infer: (tensors) => inferAll('Mean', tensors),
  gradient: (g, _, tensors) => tensors.map((x) => () => unbroadcast(mul(g, 1 / tensors.length), x)),
  evaluate: (values, _, output) => addAll(values, values.length, output),
  onnx: {},
});
