import { linearQuadraticGame, weakErrors } from '@ganymede/games';
import { drawSpec } from './draw-spec.js';
import type { GamePicture } from './game-picture.js';

const rates = [0.2, 0.1, 0.05, 0.025, 0.0125, 0.00625];
const start = { theta: [0.2], omega: [0.1] };

/** Weak error over learning rate, with and without the drift's correction, on logarithmic axes. */
export const weakError: GamePicture = {
  name: 'weak-error',
  summary: 'weak error of the SDE of GAN training: order 2 with the corrected drift, order 1 without',
  draw() {
    const values = [true, false].flatMap((corrected) => {
      const { errors, orders } = weakErrors(linearQuadraticGame(), { rates, start, corrected });
      const order = (orders.at(-1) as number).toFixed(2);
      const kind = `${corrected ? 'with' : 'without'} the η/2 correction: order ${order}`;
      return errors.map((error, i) => ({ kind, rate: rates[i], error }));
    });
    return drawSpec({
      background: 'white',
      width: 420,
      height: 300,
      data: { values },
      mark: { type: 'line', point: true },
      encoding: {
        x: {
          field: 'rate',
          type: 'quantitative',
          title: 'learning rate η',
          scale: { type: 'log' },
          axis: { values: [0.01, 0.1], grid: false },
        },
        y: {
          field: 'error',
          type: 'quantitative',
          title: 'largest |E training − E equation| up to T = 1',
          scale: { type: 'log' },
          axis: { format: '.0e', values: [1e-1, 1e-2, 1e-3, 1e-4, 1e-5], grid: false },
        },
        color: { field: 'kind', type: 'nominal', title: null, legend: { orient: 'bottom', labelLimit: 400 } },
      },
    });
  },
};
