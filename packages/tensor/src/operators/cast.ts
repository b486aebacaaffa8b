import { type Dtype, isFloating, type TensorData } from '../dtype.js';
import { numbersIn, room, toData } from '../kernels/numbers.js';
import { defineOperator, type Unary } from '../operator.js';
import { makeTensor, type Tensor } from '../tensor.js';

/**
 * Elements converted to another dtype; the tensor itself when it has that dtype already.
 *
 * Real numbers are cut towards zero when they become integers; anything but 0 becomes true. Gradients pass between
 * floating dtypes only. ONNX: [Cast-13](https://onnx.ai/onnx/operators/onnx__Cast.html).
 */
export function cast(x: Tensor, dtype: Dtype): Tensor {
  return x.dtype === dtype ? x : makeTensor(castOperator, [x], { to: dtype });
}

export const castOperator = defineOperator<{ readonly to: Dtype }, Unary>({
  name: 'Cast',
  infer: ([x], { to }) => ({ dtype: to, shape: x.shape }),
  gradient: (g, _, [x]) => [isFloating(x.dtype) ? () => cast(g, x.dtype) : null],
  evaluate: ([x], _, output): TensorData => {
    if (x.dtype === output.dtype) return x.data;
    const from = numbersIn(x);
    const to = room(output);
    if (output.dtype === 'bool') for (let i = 0; i < to.length; i++) to[i] = Number(from[i] !== 0);
    else for (let i = 0; i < to.length; i++) to[i] = from[i] as number;
    return toData(output.dtype, to);
  },
  onnx: { attributes: { to: 'dtype' } },
});
