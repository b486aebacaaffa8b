import { allocate, type DataOf, type Dtype, type TensorData, type Value, value } from '@ganymede/tensor';

/** Rows `[from, from + count)` along the first axis, sharing the value's memory. */
export function rowsOf(x: Value, from: number, count: number): Value {
  const size = x.data.length / Math.max(x.shape[0] ?? 1, 1);
  const data = x.data.subarray(from * size, (from + count) * size) as DataOf[Dtype];
  return value(x.dtype, [count, ...x.shape.slice(1)], data);
}

/** Values joined along the first axis. */
export function joinRows(parts: readonly Value[]): Value {
  const [first] = parts as readonly [Value];
  const data: TensorData = allocate(
    first.dtype,
    parts.reduce((sum, part) => sum + part.data.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    // Both arrays are of the type of the common dtype.
    (data as Float32Array).set(part.data as Float32Array, at);
    at += part.data.length;
  }
  const rows = parts.reduce((sum, part) => sum + (part.shape[0] ?? 0), 0);
  return value(first.dtype, [rows, ...first.shape.slice(1)], data as DataOf[Dtype]);
}
