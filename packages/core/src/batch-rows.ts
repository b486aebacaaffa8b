import {
  allocate,
  type DataOf,
  type Dtype,
  formatShape,
  GanymedeError,
  type Value,
  value,
} from '@ganymede/tensor';

const rowSize = (x: Value): number => x.data.length / Math.max(x.shape[0] ?? 1, 1);

/** Rows `[start, start + count)` along the first axis; where the value ends, its last row is repeated. */
export function rowsOf(x: Value, start: number, count: number): Value {
  const size = rowSize(x);
  const available = Math.min(count, (x.shape[0] ?? 0) - start);
  const data = allocate(x.dtype, count * size);
  // `set` wants one array type; a value's data always has the type of its dtype, on both sides.
  const copy = (from: number, rows: number, to: number) =>
    (data as Uint8Array).set(x.data.subarray(from * size, (from + rows) * size) as Uint8Array, to * size);
  copy(start, available, 0);
  for (let i = available; i < count; i++) copy(start + available - 1, 1, i);
  return value(x.dtype, [count, ...x.shape.slice(1)], data as DataOf[Dtype]);
}

/** Joins values along the first axis and keeps the first `count` rows. Throws `GANYMEDE_SHAPE` for a scalar. */
export function joinRows(parts: readonly Value[], count: number): Value {
  const first = parts[0];
  if (first === undefined || first.shape.length === 0) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `expected batches to join along their first axis, received shape ${formatShape(first?.shape ?? [])}`,
    });
  }
  const size = rowSize(first);
  const data = allocate(first.dtype, count * size);
  let row = 0;
  for (const part of parts) {
    const rows = Math.min(part.shape[0] as number, count - row);
    (data as Uint8Array).set(part.data.subarray(0, rows * size) as Uint8Array, row * size);
    row += rows;
  }
  return value(first.dtype, [count, ...first.shape.slice(1)], data as DataOf[Dtype]);
}
