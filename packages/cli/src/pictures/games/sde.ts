import { linearQuadraticGame, pathMeans, type PathsAt, simulateSde, simulateTraining } from '@ganymede/games';
import { drawSpec } from './draw-spec.js';
import type { GamePicture } from './game-picture.js';

const rate = 0.1;
const paths = 500;

/** Means over the paths with twice their standard deviation on either side. */
const bands = (kind: string, records: readonly PathsAt[]) =>
  records.flatMap((record) =>
    pathMeans(record).map(({ mean, error }, i) => {
      const spread = 2 * error * Math.sqrt(paths);
      const player = i === 0 ? 'generator θ' : 'discriminator ω';
      return { kind, player, time: record.step * rate, mean, low: mean - spread, high: mean + spread };
    }),
  );

/** Training of the linear-quadratic game and its stochastic differential equation: means and spreads over time. */
export const sde: GamePicture = {
  name: 'sde',
  summary: 'training of a linear-quadratic GAN and its stochastic differential equation: means and spreads',
  async draw({ seed }) {
    const options = { start: { theta: [0.2], omega: [0.1] }, rate, paths, steps: 120, seed };
    const values = [
      ...bands('training', await simulateTraining(linearQuadraticGame(), options)),
      ...bands('equation', await simulateSde(linearQuadraticGame(), { ...options, substeps: 5 })),
    ];
    const color = {
      field: 'kind',
      type: 'nominal' as const,
      title: null,
      scale: { domain: ['training', 'equation'], range: ['#1b9e77', '#d95f02'] },
    };
    const x = {
      field: 'time',
      type: 'quantitative' as const,
      title: 'time = steps · η',
      axis: { grid: false },
    };
    return drawSpec({
      background: 'white',
      data: { values },
      facet: { field: 'player', type: 'nominal', title: null, sort: null },
      spec: {
        width: 320,
        height: 200,
        layer: [
          {
            mark: { type: 'area', opacity: 0.2 },
            encoding: {
              x,
              y: { field: 'low', type: 'quantitative', title: null },
              y2: { field: 'high' },
              color,
            },
          },
          {
            mark: { type: 'line' },
            encoding: {
              x,
              y: { field: 'mean', type: 'quantitative' },
              color,
              strokeDash: {
                field: 'kind',
                type: 'nominal',
                title: null,
                scale: {
                  domain: ['training', 'equation'],
                  range: [
                    [1, 0],
                    [5, 4],
                  ],
                },
              },
            },
          },
        ],
      },
    });
  },
};
