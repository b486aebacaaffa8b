import { type PerAxis, perAxis } from '../convolution/geometry.js';
import { GanymedeError } from '../error.js';
import { readStrided, stridesOf } from '../kernels/strided.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { type Dim, formatShape, productOf } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { sum } from './reduce-sum.js';
import { reshape } from './reshape.js';

/**
 * Each element of the spatial axes of `[N, C, ...]` repeated `scale` times in a row: nearest-neighbour enlargement.
 *
 * Whole scales, one or one per spatial axis (`GANYMEDE_SHAPE`). ONNX:
 * [Resize-13](https://onnx.ai/onnx/operators/onnx__Resize.html), asymmetric and floor.
 */
export function resizeNearest(x: Tensor, scale: PerAxis): Tensor {
  const scales = [1, 1, ...perAxis(scale, Math.max(x.rank - 2, 1), 'Resize', 'scales')];
  return makeTensor(resizeOperator, [x], { scales });
}

export const resizeOperator = defineOperator<{ readonly scales: readonly number[] }, Unary>({
  name: 'Resize',
  infer: ([x], { scales }) => {
    if (scales.length !== x.rank || scales.some((s) => !Number.isInteger(s) || s < 1)) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('Resize')}: scales [${scales.join(', ')}] do not fit ${formatShape(x.shape)}`,
        hint: 'the input is [N, C, ...]; scales are whole numbers',
      });
    }
    return { dtype: x.dtype, shape: x.shape.map((d, i) => productOf([d, scales[i] ?? 1])) };
  },
  gradient: (g, _, [x], { scales }) => {
    const blocks = x.shape.flatMap((d, i): Dim[] => [d, scales[i] ?? 1]);
    return [
      sum(
        reshape(g, blocks),
        x.shape.map((_, i) => 2 * i + 1),
      ),
    ];
  },
  evaluate: ([x], { scales }) => {
    const strides = stridesOf(x.shape);
    return readStrided(x, {
      strides: strides.flatMap((stride) => [stride, 0]),
      shape: x.shape.flatMap((d, i) => [d, scales[i] ?? 1]),
    });
  },
  onnx: {
    operands: [
      { name: 'roi', kind: 'absent' },
      { name: 'scales', kind: 'floats' },
    ],
    accepted: { cubic_coeff_a: 'any', exclude_outside: 'any', extrapolation_value: 'any' },
    fixed: { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
  },
});
