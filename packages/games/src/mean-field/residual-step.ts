import type { Step } from '@ganymede/core';
import { constant, exp } from '@ganymede/tensor';
import type { MeanFieldGame } from './mean-field-game.js';
import type { MeanFieldGan } from './mean-field-gan.js';
import { fokkerPlanckRatio, hjbResidual, type ResidualInput } from './residuals.js';
import { spreadPoints } from './torus-points.js';

/** Points at which residuals are reported. */
const count = 1024;

/**
 * The mean squares of both residuals at fixed points, with the game's own viscosity and the right ln Z. Not a training step: it replaces
 * nothing.
 */
export const residualStep = (game: MeanFieldGame, gan: MeanFieldGan): Step => ({
  name: 'residuals',
  batch: { logIntegral: { dtype: 'float32', shape: [] } },
  program(state, { logIntegral }, ctx) {
    const input: ResidualInput = {
      x: constant(spreadPoints(game.dimension, count)),
      value: (x) => gan.value(state, x, ctx),
      logDensity: (x) => {
        const f = gan.logDensity(state, x, ctx);
        return logIntegral === undefined ? f : f.sub(logIntegral);
      },
    };
    const density = exp(input.logDensity(input.x));
    return {
      outputs: {
        hjb: hjbResidual(game, input, gan.constant(state)).residual.square().mean(),
        fokkerPlanck: fokkerPlanckRatio(game, input).mul(density).square().mean(),
      },
    };
  },
});
