import { type DifferentiableGame, planeGame, zeroSumPlane } from './differentiable-game.js';

/**
 * f = x·y: gradient flow goes around the equilibrium (0, 0) forever; simultaneous descent leaves it by the factor √(1 + η²) a step
 * (Goodfellow 2016, section 8.2).
 */
export const bilinearGame = (): DifferentiableGame => zeroSumPlane('bilinear', (x, y) => x.mul(y), [1, 1]);

/**
 * The Dirac-GAN (Mescheder, Geiger and Nowozin 2018, definition 2.1): data at 0, a generator that puts everything at x, a linear
 * discriminator with slope y; the minimax objective −softplus(−x·y) − softplus(0). The flow goes around, not in.
 */
export const diracGan = (): DifferentiableGame =>
  planeGame(
    'Dirac-GAN',
    {
      // The generator minimises E log(1 − D(x)), the discriminator −E log D(0) − E log(1 − D(x)).
      x: (x, y) => x.mul(y).softplus().neg(),
      y: (x, y) => x.mul(y).softplus(),
    },
    [1, 1],
  );

/**
 * Two players who both turn around the other and are drawn to the circle of radius 1: descent of −½(x² + y²) + ¼(…)² with a rotation.
 * The gradient flow has a limit cycle of radius 1 and period 2π; the equilibrium at the centre repels.
 */
export const ringGame = (): DifferentiableGame =>
  planeGame(
    'ring',
    {
      x: (x, y) => well(x, y).add(x.mul(y)),
      y: (x, y) => well(x, y).sub(x.mul(y)),
    },
    [0.2, 0],
  );

type At = Parameters<Parameters<typeof zeroSumPlane>[1]>[0];

/** ¼ (x² + y²)² − ½ (x² + y²): lowest on the unit circle. */
function well(x: At, y: At): At {
  const squares = x.square().add(y.square());
  return squares.square().mul(0.25).sub(squares.mul(0.5));
}

/**
 * A stable equilibrium at (0, 0) under a strong rotation: x has ½ x² + 3 x·y, y has ½ y² − 3 x·y. Simultaneous descent converges only
 * below the rate 0.2.
 */
export const dampedGame = (): DifferentiableGame =>
  planeGame(
    'damped',
    {
      x: (x, y) => x.square().mul(0.5).add(x.mul(y).mul(3)),
      y: (x, y) => y.square().mul(0.5).sub(x.mul(y).mul(3)),
    },
    [1, 1],
  );
