/** Element types of a tensor; the names are ONNX's. `float64` exists for reference evaluation and gradient checks. */
export type Dtype = 'float32' | 'float64' | 'int32' | 'int64' | 'bool' | 'uint8';

/** The array that holds the elements of each dtype on the host. A `bool` is one byte, 0 or 1. */
export interface DataOf {
  float32: Float32Array;
  float64: Float64Array;
  int32: Int32Array;
  int64: BigInt64Array;
  bool: Uint8Array;
  uint8: Uint8Array;
}

/** Any array that can hold a tensor's elements. */
export type TensorData = DataOf[Dtype];

const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
  uint8: Uint8Array,
} as const;

/** ONNX's `TensorProto.DataType` number of each dtype. */
export const onnxDtype: Readonly<Record<Dtype, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};

/** A zero-filled array of `length` elements of `dtype`. */
export function allocate<D extends Dtype>(dtype: D, length: number): DataOf[D] {
  return new constructors[dtype](length) as DataOf[D];
}

/** Bytes that one element takes. */
export function bytesPerElement(dtype: Dtype): number {
  return constructors[dtype].BYTES_PER_ELEMENT;
}

/** Whether gradients flow through tensors of this dtype. */
export function isFloating(dtype: Dtype): dtype is 'float32' | 'float64' {
  return dtype === 'float32' || dtype === 'float64';
}
