import { ortBackend } from '@ganymede/backend-ort';
import {
  firstOrderErgodicGame,
  type MeanFieldGame,
  quadraturePoints,
  secondOrderErgodicGame,
  solveMeanFieldGame,
} from '@ganymede/games';
import { numbersOf } from '@ganymede/tensor';
import { drawSpec } from './draw-spec.js';
import type { GamePicture } from './game-picture.js';

/** Games, what a panel is called, iterations that take some seconds. */
const solved: readonly (readonly [game: MeanFieldGame, title: string, iterations: number])[] = [
  [firstOrderErgodicGame(), 'first order', 12_000],
  [secondOrderErgodicGame(1), 'second order', 3000],
];

/** Value u and density m of two mean-field games as the GAN finds them, over the explicit solutions. */
export const meanField: GamePicture = {
  name: 'mean-field',
  summary: 'mean-field games solved by a GAN: value u and density m over the explicit solutions',
  async draw({ seed }) {
    const backend = await ortBackend({ threads: 1, device: 'cpu' });
    try {
      const rows: Readonly<Record<string, unknown>>[] = [];
      const points = quadraturePoints(1, 128);
      for (const [game, title, iterations] of solved) {
        const { at } = await solveMeanFieldGame(game, { backend, seed, iterations, every: iterations });
        const { value, density } = at(points);
        numbersOf(points).forEach((x, i) => {
          const add = (what: string, kind: string, y: number | undefined) =>
            rows.push({ panel: `${title}: ${what}`, kind, x, y });
          add('u', 'GAN', value[i]);
          add('u', 'explicit', game.solution?.value([x]));
          add('m', 'GAN', density[i]);
          add('m', 'explicit', game.solution?.density([x]));
        });
      }
      return await drawSpec({
        background: 'white',
        data: { values: rows },
        facet: { field: 'panel', type: 'nominal', title: null, sort: null },
        columns: 4,
        spec: {
          width: 200,
          height: 160,
          mark: { type: 'line', strokeWidth: 2 },
          encoding: {
            x: { field: 'x', type: 'quantitative', axis: { grid: false, tickCount: 3 } },
            // One scale for all: on its own, u = 0 would show noise as large.
            y: { field: 'y', type: 'quantitative', title: null },
            color: {
              field: 'kind',
              type: 'nominal',
              title: null,
              scale: { domain: ['GAN', 'explicit'], range: ['#d95f02', 'black'] },
            },
            strokeDash: {
              field: 'kind',
              type: 'nominal',
              title: null,
              scale: {
                domain: ['GAN', 'explicit'],
                range: [
                  [1, 0],
                  [5, 4],
                ],
              },
            },
          },
        },
      });
    } finally {
      await backend.dispose();
    }
  },
};
