import { ortBackend } from '@ganymede/backend-ort';
import { trainPredictability } from '@ganymede/games';
import { valueOf } from '@ganymede/tensor';
import { drawSpec } from './draw-spec.js';
import type { GamePicture } from './game-picture.js';

const patterns = valueOf([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], [4, 4]);
const signs = [
  ['maximize', 'V made large'],
  ['minimize', 'V made small'],
] as const;

/** Four patterns in two units: the codes that predictability minimization finds from five seeds, and with the sign reversed. */
export const predictability: GamePicture = {
  name: 'predictability',
  summary: 'predictability minimization: four patterns become the four corners',
  async draw({ seed }) {
    const backend = await ortBackend({ threads: 1 });
    try {
      const codes: Readonly<Record<string, unknown>>[] = [];
      for (const [unpredictability, row] of signs)
        for (let i = 0; i < 5; i++) {
          const options = { units: 2, seed: seed + i, unpredictability };
          const { encode } = await trainPredictability(patterns, backend, options);
          encode(patterns).forEach(([y1, y2], k) => {
            codes.push({ row, seed: `seed ${seed + i}`, pattern: `pattern ${k + 1}`, y1, y2 });
          });
        }
      const axis = (field: string) => ({
        field,
        type: 'quantitative' as const,
        scale: { domain: [-0.1, 1.1] },
        axis: { values: [0, 0.5, 1] },
      });
      return await drawSpec({
        background: 'white',
        data: { values: codes },
        mark: { type: 'point', size: 90, strokeWidth: 2.5 },
        width: 120,
        height: 120,
        encoding: {
          row: { field: 'row', type: 'nominal', title: null, sort: signs.map(([, row]) => row) },
          column: { field: 'seed', type: 'nominal', title: null, sort: null },
          x: axis('y1'),
          y: axis('y2'),
          color: { field: 'pattern', type: 'nominal', title: null },
          shape: { field: 'pattern', type: 'nominal', title: null },
        },
      });
    } finally {
      await backend.dispose();
    }
  },
};
