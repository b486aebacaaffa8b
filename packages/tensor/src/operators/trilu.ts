import type { TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { copyOf } from '../kernels/indexing.js';
import { defineOperator, type Unary } from '../operator.js';
import { site } from '../scope.js';
import { formatShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { cast } from './cast.js';
import { sameType } from './families/elementwise.js';

/** Options of {@link trilu}. */
export interface TriluOptions {
  /** Which side of the diagonal stays. @defaultValue true */
  readonly upper?: boolean;
  /** The diagonal that stays, too: 0 the main one, above it positive, below it negative. @defaultValue 0 */
  readonly k?: number;
}

/**
 * The upper or lower triangle of the matrices in the last two axes, zeros elsewhere: causal masks, factors.
 *
 * Rank 2 or more (`GANYMEDE_SHAPE`), any dtype. ONNX: [Trilu-14](https://onnx.ai/onnx/operators/onnx__Trilu.html).
 */
export function trilu(x: Tensor, { upper = true, k = 0 }: TriluOptions = {}): Tensor {
  // Runtimes have it for floating numbers, int64 and bool only.
  if (x.dtype === 'int32' || x.dtype === 'uint8') return cast(trilu(cast(x, 'int64'), { upper, k }), x.dtype);
  return makeTensor(triluOperator, [x], { upper: upper ? 1 : 0, k });
}

export const triluOperator = defineOperator<{ readonly upper: 0 | 1; readonly k: number }, Unary>({
  name: 'Trilu',
  infer: ([x], { k }) => {
    if (x.rank < 2 || !Number.isInteger(k)) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('Trilu')}: there is no diagonal ${k} in a tensor of shape ${formatShape(x.shape)}`,
        hint: 'give a tensor of rank 2 or more, and a whole number for the diagonal',
      });
    }
    return sameType(x);
  },
  gradient: (g, _, __, { upper, k }) => [trilu(g, { upper: upper === 1, k })],
  evaluate: ([x], { upper, k }): TensorData => {
    // Whatever holds the elements, 0 is written where they go; a bigint array takes its own kind.
    const data = copyOf(x.data) as Float32Array;
    const zero = (x.dtype === 'int64' ? 0n : 0) as number;
    const [rows = 1, columns = 1] = x.shape.slice(-2);
    for (let i = 0; i < data.length; i++) {
      const above = (i % columns) - (Math.floor(i / columns) % rows) - k;
      if (upper === 1 ? above < 0 : above > 0) data[i] = zero;
    }
    return data;
  },
  onnx: {
    attributes: { upper: 'int' },
    operands: [{ name: 'k', kind: 'int' }],
    defaults: { upper: 1, k: 0 },
  },
});
