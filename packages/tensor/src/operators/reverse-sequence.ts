import { allocate, type TensorData } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { transfer } from '../kernels/indexing.js';
import { stridesOf } from '../kernels/strided.js';
import { type Binary, defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { formatShape } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { cast } from './cast.js';
import { requireDtype, sameType } from './families/elementwise.js';

/** Options of {@link reverseSequence}. */
export interface ReverseSequenceOptions {
  /** Axis of the steps of a sequence, 0 or 1. @defaultValue 0 */
  readonly timeAxis?: 0 | 1;
}

/**
 * The first `lengths[n]` steps of each sequence in reverse order, the rest as it is: the backward half of a bidirectional
 * network, padding left alone.
 *
 * `x` is `[T, N, ...]`, or `[N, T, ...]` with `timeAxis: 1`; `lengths` is `[N]` (`GANYMEDE_SHAPE`), int32 or int64
 * (`GANYMEDE_DTYPE`), from 0 to T. ONNX: [ReverseSequence-10](https://onnx.ai/onnx/operators/onnx__ReverseSequence.html).
 */
export function reverseSequence(
  x: Tensor,
  lengths: Tensor,
  { timeAxis = 0 }: ReverseSequenceOptions = {},
): Tensor {
  const places = lengths.dtype === 'int32' ? cast(lengths, 'int64') : lengths;
  return makeTensor(reverseSequenceOperator, [x, places], {
    time_axis: timeAxis,
    batch_axis: timeAxis === 0 ? 1 : 0,
  });
}

type ReverseSequenceAttributes = { readonly time_axis: number; readonly batch_axis: number };

export const reverseSequenceOperator = defineOperator<ReverseSequenceAttributes, Binary>({
  name: 'ReverseSequence',
  infer: ([x, lengths], { time_axis, batch_axis }) => {
    requireDtype('ReverseSequence', 'int64', lengths);
    const axes = [time_axis, batch_axis].sort().join();
    if (x.rank < 2 || axes !== '0,1' || lengths.rank !== 1 || lengths.shape[0] !== x.shape[batch_axis]) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `${site('ReverseSequence')}: lengths ${formatShape(lengths.shape)} do not fit sequences ${formatShape(x.shape)}`,
        hint: 'sequences are [T, N, ...] (or [N, T, ...] with timeAxis 1), and lengths [N]',
      });
    }
    return sameType(x);
  },
  gradient: (g, _, [, lengths], { time_axis }) => [
    reverseSequence(g, lengths, { timeAxis: time_axis as 0 | 1 }),
    null,
  ],
  evaluate: ([x, lengths], { time_axis, batch_axis }, output): TensorData => {
    const data: TensorData = allocate(output.dtype, x.data.length);
    const move = transfer(x.data, data, 'none');
    const strides = stridesOf(x.shape);
    const [times = 0, batch = 0] = [x.shape[time_axis], x.shape[batch_axis]];
    const [step = 0, next = 0] = [strides[time_axis], strides[batch_axis]];
    const size = strides[1] ?? 1;
    for (let n = 0; n < batch; n++) {
      const length = Number(lengths.data[n]);
      for (let t = 0; t < times; t++) {
        const from = t < length ? length - 1 - t : t;
        for (let i = 0; i < size; i++) move(from * step + n * next + i, t * step + n * next + i);
      }
    }
    return data;
  },
  onnx: { attributes: { time_axis: 'int', batch_axis: 'int' }, defaults: { time_axis: 0, batch_axis: 1 } },
});
