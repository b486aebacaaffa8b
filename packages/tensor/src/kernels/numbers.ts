import { allocate, type Dtype, type TensorData } from '../dtype.js';
import type { OutputType } from '../operator.js';

/** Elements as JavaScript numbers. Kernels compute in these, which is exact for float64 and for integers below 2^53. */
export type NumberArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** The elements of a value as numbers; only int64 is copied. */
export function numbersIn({ data }: { readonly data: TensorData }): NumberArray {
  return data instanceof BigInt64Array ? Float64Array.from(data, Number) : data;
}

/** Where a kernel writes its result as numbers; finish with {@link toData}. */
export function numbersFor(dtype: Dtype, length: number): NumberArray {
  // Narrowing by comparison does not reach the indexed type DataOf[D]; int64 is the only one that is not numbers.
  return dtype === 'int64' ? new Float64Array(length) : (allocate(dtype, length) as NumberArray);
}

const clampToInt64 = (x: number): bigint =>
  Number.isFinite(x) ? BigInt.asIntN(64, BigInt(Math.trunc(x))) : -(2n ** 63n);

/** The data of a tensor of `dtype` from the numbers a kernel wrote. */
export function toData(dtype: Dtype, numbers: NumberArray): TensorData {
  return dtype === 'int64' ? BigInt64Array.from(numbers, clampToInt64) : numbers;
}

export const lengthOf = (shape: readonly number[]): number => shape.reduce((product, d) => product * d, 1);

/** Room for the whole output. */
export const room = (output: OutputType): NumberArray => numbersFor(output.dtype, lengthOf(output.shape));

/** An attribute as ONNX stores it, a float32, where the tensor is of that dtype; in float64 it stays as it is. */
export const floatAttribute = (x: number, dtype: Dtype): number => (dtype === 'float32' ? Math.fround(x) : x);
