import { unbroadcast } from '../gradient/unbroadcast.js';
import { select } from '../kernels/elementwise.js';
import { defineOperator, type NoAttributes, type Ternary } from '../operator.js';
import { site } from '../scope.js';
import { broadcastShapes } from '../shape.js';
import { makeTensor, type Tensor, type TensorLike } from '../tensor.js';
import { and } from './and.js';
import { not } from './not.js';
import { or } from './or.js';
import { requireDtype, requireSameDtype } from './families/elementwise.js';
import { liftPair } from './families/operands.js';

/**
 * Elements of `a` where `condition` holds, else of `b`.
 *
 * `condition` is bool, `a` and `b` have one dtype (`GANYMEDE_DTYPE`); all broadcast (`GANYMEDE_SHAPE`). The branch that is
 * not taken gets gradient 0, but its own derivative is computed: keep it finite. ONNX:
 * [Where-16](https://onnx.ai/onnx/operators/onnx__Where.html).
 */
export function where(condition: Tensor, a: TensorLike, b: TensorLike): Tensor {
  const [left, right] = liftPair('Where', a, b);
  const chosen = makeTensor(whereOperator, [condition, left, right], {});
  // Runtimes have no Where of booleans.
  return chosen.dtype === 'bool' ? or(and(condition, left), and(not(condition), right)) : chosen;
}

export const whereOperator = defineOperator<NoAttributes, Ternary>({
  name: 'Where',
  infer: ([condition, a, b]) => {
    requireDtype('Where', 'bool', condition);
    requireSameDtype('Where', a, b);
    const branches = broadcastShapes(a.shape, b.shape, site('Where'));
    return { dtype: a.dtype, shape: broadcastShapes(condition.shape, branches, site('Where')) };
  },
  gradient: (g, _, [condition, a, b]) => [
    null,
    () => unbroadcast(where(condition, g, 0), a),
    () => unbroadcast(where(condition, 0, g), b),
  ],
  evaluate: ([condition, a, b], _, output) => select(condition, a, b, output),
  onnx: { decode: ([condition, a, b]) => where(condition, a, b) },
});
