import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { sameType } from './families/elementwise.js';

/**
 * The tensor itself; `evaluate(…, { tap })` reports its value under `label`. For debugging: put it anywhere in a program.
 *
 * Gradients pass unchanged. `simplifyAlgebra` removes it; in ONNX it is
 * [Identity-16](https://onnx.ai/onnx/operators/onnx__Identity.html).
 */
export function tap(x: Tensor, label: string): Tensor {
  return makeTensor(tapOperator, [x], { label });
}

export const tapOperator = defineOperator<{ readonly label: string }, Unary>({
  name: 'Tap',
  infer: ([x]) => sameType(x),
  gradient: (g) => [g],
  evaluate: ([x]) => x.data,
  onnx: { opType: 'Identity' },
});
