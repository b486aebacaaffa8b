import { GanymedeError } from '../error.js';
import { readStrided, stridesOf } from '../kernels/strided.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape, productOf } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { sum } from './reduce-sum.js';
import { reshape } from './reshape.js';

/**
 * The whole of `x` repeated `repeats[i]` times along axis `i`.
 *
 * One whole number per axis, at least 1 (`GANYMEDE_SHAPE`). ONNX: [Tile-13](https://onnx.ai/onnx/operators/onnx__Tile.html).
 */
export function tile(x: Tensor, repeats: readonly number[]): Tensor {
  return repeats.length === x.rank && repeats.every((r) => r === 1)
    ? x
    : makeTensor(tileOperator, [x], { repeats });
}

export const tileOperator = defineOperator<{ readonly repeats: readonly number[] }, Unary>({
  name: 'Tile',
  infer: ([x], { repeats }) => {
    if (repeats.length !== x.rank || repeats.some((r) => !Number.isInteger(r) || r < 1)) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('Tile')}: repeats [${repeats.join(', ')}] do not fit shape ${formatShape(x.shape)}`,
        hint: 'give one whole number per axis, at least 1',
      });
    }
    return { dtype: x.dtype, shape: x.shape.map((d, i) => productOf([d, repeats[i] ?? 1])) };
  },
  gradient: (g, _, [x], { repeats }) => {
    const split = x.shape.flatMap((d, i): Dim[] => [repeats[i] ?? 1, d]);
    return [
      sum(
        reshape(g, split),
        x.shape.map((_, i) => 2 * i),
      ),
    ];
  },
  evaluate: ([x], { repeats }) => {
    const strides = stridesOf(x.shape);
    return readStrided(x, {
      strides: strides.flatMap((stride) => [0, stride]),
      shape: x.shape.flatMap((d, i) => [repeats[i] ?? 1, d]),
    });
  },
  onnx: { operands: [{ name: 'repeats', kind: 'ints' }] },
});
