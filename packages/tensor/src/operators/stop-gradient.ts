import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { sameType } from './families/elementwise.js';

/**
 * The tensor itself, which differentiation takes for a constant: for a frozen network, a target, a straight-through estimator.
 *
 * ONNX has no such operator: it becomes [Identity-16](https://onnx.ai/onnx/operators/onnx__Identity.html).
 */
export function stopGradient(x: Tensor): Tensor {
  return makeTensor(stopGradientOperator, [x], {});
}

export const stopGradientOperator = defineOperator<NoAttributes, Unary>({
  name: 'StopGradient',
  infer: ([x]) => sameType(x),
  gradient: () => [null],
  evaluate: ([x]) => x.data,
  onnx: { opType: 'Identity' },
});
