import { GanymedeError } from '@ganymede/tensor';

/** Refuses indices outside a dataset with `GANYMEDE_DATA_INDEX`: reading past the end must not give silent zeros. */
export function checkIndices(indices: ArrayLike<number>, length: number, summary: string): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (!Number.isInteger(index) || index < 0 || index >= length) {
      throw new GanymedeError('GANYMEDE_DATA_INDEX', {
        message: `expected an index from 0 to ${length - 1} of the dataset "${summary}", got ${index}`,
        hint: 'read with whole numbers below `dataset.length`',
        data: { index, length },
      });
    }
  }
}
