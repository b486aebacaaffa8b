import { type ClaimRow, once } from '@ganymede/testing';
import { ringModes } from './unrolled-ring.js';

const about = 'Unrolled GAN (Metz et al. 2017)';
const over = 'mean over updates 12 500 to 25 000';
const trainings = [1, 2, 3].map((seed) => ({
  seed,
  plain: once(() => ringModes({ k: 0, steps: 25_000, seed })),
  unrolled: once(() => ringModes({ k: 5, steps: 25_000, seed })),
}));

/** Rows about the unrolled GAN. */
export const unrolledRows: readonly ClaimRow[] = [
  ...trainings.map(({ seed, unrolled }) => ({
    about,
    claim: `modes of the ring captured with k = 5, ${over}, seed ${seed}: of 8`,
    expected: { above: 7 },
    measure: unrolled,
  })),
  {
    about,
    claim: 'the same less those with k = 0, mean over the three seeds',
    expected: { above: 1 },
    measure: async () => {
      let more = 0;
      for (const { plain, unrolled } of trainings)
        more += ((await unrolled()) - (await plain())) / trainings.length;
      return more;
    },
  },
];
