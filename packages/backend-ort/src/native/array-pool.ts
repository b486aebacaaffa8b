import { allocate, type Dtype, type TensorData } from '@ganymede/tensor';

/** Arrays that are used again: a step's state is as large at every call, and fresh memory costs more than the copy into it. */
export interface ArrayPool {
  /** An array with anything in it. */
  take(dtype: Dtype, length: number): TensorData;
  give(dtype: Dtype, array: TensorData): void;
}

/** An empty pool. It holds as many arrays as were ever given back and not taken. */
export function createArrayPool(): ArrayPool {
  const free = new Map<string, TensorData[]>();
  return {
    take: (dtype, length) => free.get(`${dtype} ${length}`)?.pop() ?? allocate(dtype, length),
    give(dtype, array) {
      const key = `${dtype} ${array.length}`;
      const list = free.get(key) ?? [];
      list.push(array);
      free.set(key, list);
    },
  };
}
