import { createRng, type Dataset } from '@ganymede/core';

/** Normal numbers that rows are mixed of; a power of two. */
const tableSize = 1 << 16;

/**
 * `length` feature vectors, computed when they are read and never kept: 16 numbers of each row, mixed with fixed patterns, and noise, most
 * below zero cut as a network's last layer does. Deterministic by `seed` and index.
 */
export function pseudoFeatures(length: number, size: number, shift: number, seed: number): Dataset {
  const table = createRng(seed).child('rows').draw([tableSize], { kind: 'normal' }).data as Float32Array;
  const pattern = createRng(0).child('pattern').draw([tableSize], { kind: 'normal' }).data as Float32Array;
  const fill = (out: Float32Array, from: number, index: number): void => {
    // Rows read different places of the table: Knuth's multiplicative hash of the index.
    const start = Math.imul(index + 1, 2654435761) >>> 16;
    for (let j = 0; j < size; j++) {
      const common = table[(start + (j & 15)) & (tableSize - 1)]! * pattern[j & (tableSize - 1)]!;
      const own = table[(start + 16 + j * 37) & (tableSize - 1)]!;
      const x = shift + common + 0.4 * own;
      out[from + j] = x > 0 ? x : 0.1 * x;
    }
  };
  return {
    summary: `${length} pseudo-features`,
    length,
    fields: { features: { dtype: 'float32', shape: [size] } },
    hash: async () => `pseudo-features ${length} ${size} ${shift} ${seed}`,
    read: async (indices) => {
      const data = new Float32Array(indices.length * size);
      for (let i = 0; i < indices.length; i++) fill(data, i * size, indices[i] as number);
      return { features: { dtype: 'float32', shape: [indices.length, size], data } };
    },
  };
}
