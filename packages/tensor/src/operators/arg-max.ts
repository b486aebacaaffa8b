import { makeTensor, type Tensor } from '../tensor.js';
import { extremeAttributes, extremePosition } from './families/extreme-position.js';

/**
 * Position along `axis` of the largest element, the first of several, or the last with `selectLast`; int64, not
 * differentiable.
 *
 * Any dtype but bool (`GANYMEDE_DTYPE`), at least one element (`GANYMEDE_SHAPE`); a negative axis counts from the end (`GANYMEDE_AXIS`). ONNX:
 * [ArgMax-13](https://onnx.ai/onnx/operators/onnx__ArgMax.html).
 */
export function argMax(x: Tensor, axis = -1, keepDims = false, selectLast = false): Tensor {
  return makeTensor(argMaxOperator, [x], extremeAttributes('ArgMax', x, axis, keepDims, selectLast));
}

export const argMaxOperator = extremePosition('ArgMax', (x, y) => x > y, argMax);
