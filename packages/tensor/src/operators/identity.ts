import { defineOperator, type NoAttributes, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { sameType } from './families/elementwise.js';

/** The tensor itself, as a node of its own. ONNX: [Identity-16](https://onnx.ai/onnx/operators/onnx__Identity.html). */
export function identity(x: Tensor): Tensor {
  return makeTensor(identityOperator, [x], {});
}

export const identityOperator = defineOperator<NoAttributes, Unary>({
  name: 'Identity',
  infer: ([x]) => sameType(x),
  gradient: (g) => [g],
  evaluate: ([x]) => x.data,
  onnx: {},
});
