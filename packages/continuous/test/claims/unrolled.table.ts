import type { ClaimRow } from '@ganymede/testing';
import { ringModes } from './unrolled-ring.js';

/** Rows about the unrolled GAN. */
export const unrolledRows: readonly ClaimRow[] = [
  {
    about: 'Unrolled GAN (Metz et al. 2017)',
    claim: 'modes of the ring captured with k = 5 less those with k = 0, mean over updates 5000 to 10 000',
    expected: { above: 1 },
    notReached:
      'The paper trains for 25 000 updates with batches of 512; within 10 000 of 128 neither network keeps more modes than the other. Its gradient equals finite differences of the look-ahead loss.',
    measure: async () =>
      (await ringModes({ k: 5, steps: 10_000, seed: 1 })) -
      (await ringModes({ k: 0, steps: 10_000, seed: 1 })),
  },
];
