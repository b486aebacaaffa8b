import { makeTensor, type Tensor } from '../tensor.js';
import { extremeAttributes, extremePosition } from './families/extreme-position.js';

/**
 * Position along `axis` of the smallest element, the first of several, or the last with `selectLast`; int64, not
 * differentiable.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`), at least one element (`GANYMEDE_SHAPE`); a negative axis counts from the end (`GANYMEDE_AXIS`). ONNX:
 * [ArgMin-13](https://onnx.ai/onnx/operators/onnx__ArgMin.html).
 */
export function argMin(x: Tensor, axis = -1, keepDims = false, selectLast = false): Tensor {
  return makeTensor(argMinOperator, [x], extremeAttributes('ArgMin', x, axis, keepDims, selectLast));
}

export const argMinOperator = extremePosition('ArgMin', (x, y) => x < y, argMin);
