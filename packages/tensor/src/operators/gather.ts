import { allocate, type TensorData } from '../dtype.js';
import { indicesIn } from '../kernels/indexing.js';
import { lengthOf } from '../kernels/numbers.js';
import { type Binary, defineOperator } from '../operator.js';
import { site } from '../scope.js';
import { normalizeAxis } from '../shape.js';
import { makeTensor, type Tensor } from '../tensor.js';
import { zeros } from './full.js';
import { scatterND } from './scatter-nd.js';
import { inversePermutation, transpose } from './transpose.js';
import { unsqueeze } from './unsqueeze.js';
import { requireIndices } from './families/elementwise.js';

/**
 * Entries of `x` along `axis` by number: rows of an embedding table. The axis is replaced by the axes of `indices`.
 *
 * Indices are int32 or int64 (`GANYMEDE_DTYPE`); negative ones count from the end. The gradient adds up where an entry was
 * taken more than once. ONNX: [Gather-13](https://onnx.ai/onnx/operators/onnx__Gather.html).
 */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  return makeTensor(gatherOperator, [x, indices], { axis: normalizeAxis(axis, x.shape, site('Gather')) });
}

function gatherGradient(g: Tensor, x: Tensor, indices: Tensor, axis: number): Tensor {
  const order = x.shape.map((_, i) => i);
  const front = [axis, ...order.filter((i) => i !== axis)];
  const places = g.shape.map((_, i) => i);
  const taken = places.slice(axis, axis + indices.rank);
  const updates = transpose(g, [...taken, ...places.filter((i) => !taken.includes(i))]);
  const table = zeros(
    front.map((i) => x.shape[i] ?? 1),
    x.dtype,
  );
  return transpose(
    scatterND(table, unsqueeze(indices, indices.rank), updates, 'add'),
    inversePermutation(front),
  );
}

export const gatherOperator = defineOperator<{ readonly axis: number }, Binary>({
  name: 'Gather',
  infer: ([x, indices], { axis }) => {
    requireIndices('Gather', indices);
    return {
      dtype: x.dtype,
      shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
    };
  },
  gradient: (g, _, [x, indices], { axis }) => [() => gatherGradient(g, x, indices, axis), null],
  evaluate: ([x, indices], { axis }, output): TensorData => {
    const size = x.shape[axis] ?? 1;
    const inner = lengthOf(x.shape.slice(axis + 1));
    const outer = lengthOf(x.shape.slice(0, axis));
    const at = indicesIn(indices, size, 'Gather');
    const data: TensorData = allocate(output.dtype, lengthOf(output.shape));
    const source = x.data;
    let write = 0;
    for (let i = 0; i < outer; i++) {
      for (const index of at) {
        const read = (i * size + index) * inner;
        // One dtype on both sides; the element kind (number or bigint) cannot be told apart statically.
        (data as Float32Array).set((source as Float32Array).subarray(read, read + inner), write);
        write += inner;
      }
    }
    return data;
  },
  onnx: {
    attributes: { axis: 'int' },
    decode: ([x, indices], { axis = 0 }) => gather(x, indices, axis),
  },
});
