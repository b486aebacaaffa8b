import { createRng } from '@ganymede/core';
import { worldOf } from '@ganymede/data';
import { numbersOf, valueOf } from '@ganymede/tensor';
import type { ClaimRow } from '@ganymede/testing';
import { assignmentWasserstein, gaussianDivergences, modeScores, parallelLines } from '../../src/index.js';

const lines = 'Parallel lines (Arjovsky et al. 2017)';

/** |W1 by assignment − |theta|| of two lines with one sample of heights. */
function assignmentError(theta: number): number {
  const heights = numbersOf(createRng(1).draw([256], { kind: 'uniform' }));
  const line = (x: number) =>
    valueOf(
      heights.flatMap((z) => [x, z]),
      [256, 2],
      'float64',
    );
  return Math.abs(assignmentWasserstein(line(0), line(theta)) - Math.abs(theta));
}

const apart = () => gaussianDivergences({ mean: 0, std: 1 }, { mean: 1, std: 1.5 });

function gridScores() {
  const { centres, sigma, draw } = worldOf('grid', { scaling: 'veegan' });
  return modeScores(numbersOf(draw(100_000, createRng(1))), { centres, std: sigma });
}

/** Rows about distances between distributions, and about counting modes. */
export const divergenceRows: readonly ClaimRow[] = [
  {
    about: lines,
    claim: 'W₁ at θ = −0.7',
    expected: { exact: 0.7, tolerance: 0 },
    measure: () => parallelLines(-0.7).w1,
  },
  {
    about: lines,
    claim: 'JS at θ = 0.1',
    expected: { exact: Math.LN2, tolerance: 0 },
    measure: () => parallelLines(0.1).js,
  },
  {
    about: lines,
    claim: 'TV at θ = 0.1',
    expected: { exact: 1, tolerance: 0 },
    measure: () => parallelLines(0.1).tv,
  },
  {
    about: lines,
    claim: '1 / KL at θ = 0.1',
    expected: { exact: 0, tolerance: 0 },
    measure: () => 1 / parallelLines(0.1).kl,
  },
  {
    about: lines,
    claim: 'the largest of W₁, KL, JS and TV at θ = 0',
    expected: { exact: 0, tolerance: 0 },
    measure: () => Math.max(...Object.values(parallelLines(0))),
  },
  {
    about: lines,
    claim: 'W₁ by assignment of 256 points: largest error over θ = 0.1, 1, −2.5',
    expected: { below: 1e-12 },
    measure: () => Math.max(...[0.1, 1, -2.5].map(assignmentError)),
  },
  ...(
    [
      ['js', 'JS', 0.0992901, 1e-7],
      ['kl', 'KL', 0.34991, 1e-6],
      ['reverseKl', 'reverse KL', 0.719535, 1e-6],
      ['tv', 'TV', 0.346123, 1e-6],
      ['w1', 'W₁', 1.008491, 1e-6],
    ] as const
  ).map(
    ([name, shown, exact, tolerance]): ClaimRow => ({
      about: 'Two Gaussians',
      claim: `${shown} of N(0, 1) and N(1, 1.5²)`,
      expected: { exact, tolerance },
      measure: () => apart()[name],
    }),
  ),
  {
    about: 'Mode counting (VEEGAN, Srivastava et al. 2017; PacGAN, Lin et al. 2018)',
    claim: 'points of the grid itself: modes of 25',
    expected: { exact: 25, tolerance: 0 },
    measure: () => gridScores().captured,
  },
  {
    about: 'Mode counting (VEEGAN, Srivastava et al. 2017; PacGAN, Lin et al. 2018)',
    claim: 'and their high-quality share, 1 − exp(−9/2)',
    // 3 standard errors of 100 000 points.
    expected: { exact: 0.98889, tolerance: 0.001 },
    measure: () => gridScores().highQuality,
  },
];
