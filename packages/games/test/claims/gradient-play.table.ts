import { inTurn, simultaneous } from '@ganymede/nn';
import type { ClaimRow } from '@ganymede/testing';
import {
  bilinearGame,
  dampedGame,
  gameField,
  playGradient,
  recurrence,
  ringGame,
  stability,
} from '../../src/index.js';

const rate = 0.1;

const ring = () => recurrence(playGradient(ringGame(), { dynamics: simultaneous(), rate, steps: 400 }).path);

/** Rows about gradient play. */
export const gradientPlayRows: readonly ClaimRow[] = [
  {
    about: 'f = x·y, rate 0.1',
    claim: 'alternating: its period is 2π / arccos(1 − η²/2), off by steps',
    expected: { below: 0.1 },
    measure: () => {
      const { outcome, period } = recurrence(
        playGradient(bilinearGame(), { dynamics: inTurn(), rate, steps: 300 }).path,
      );
      return outcome === 'cycle'
        ? Math.abs(period - (2 * Math.PI) / Math.acos(1 - rate ** 2 / 2))
        : Number.NaN;
    },
  },
  {
    about: 'A limit cycle of discrete steps',
    claim: 'the ring game at rate 0.1: its radius, from the start at 0.2',
    expected: { exact: Math.sqrt(1 + (1 - Math.sqrt(1 - rate ** 2)) / rate), tolerance: 1e-3 },
    measure: () => ring().radius,
  },
  {
    about: 'A limit cycle of discrete steps',
    claim: 'and its period 2π / arcsin(η)',
    expected: { exact: (2 * Math.PI) / Math.asin(rate), tolerance: 0.1 },
    measure: () => ring().period,
  },
  {
    about: 'The Jacobian’s spectrum (Mescheder et al. 2017)',
    claim: 'eigenvalues 1 ± 3i: simultaneous descent converges below the rate 2 Re λ / |λ|²',
    expected: { exact: 0.2, tolerance: 1e-12 },
    measure: () => stability(gameField(dampedGame()).jacobian([0, 0])).largestRate,
  },
  {
    about: 'The Jacobian’s spectrum (Mescheder et al. 2017)',
    claim: 'distance from the equilibrium after 400 steps 1 % below that rate, over the start',
    expected: { below: 1 },
    measure: () => afterSteps(0.99 * 0.2),
  },
  {
    about: 'The Jacobian’s spectrum (Mescheder et al. 2017)',
    claim: 'and 1 % above it',
    expected: { above: 1 },
    measure: () => afterSteps(1.01 * 0.2),
  },
];

function afterSteps(near: number): number {
  const { path } = playGradient(dampedGame(), { dynamics: simultaneous(), rate: near, steps: 400 });
  return Math.hypot(...(path.at(-1) ?? [])) / Math.SQRT2;
}
