import type { Network } from '@ganymede/core';
import { requireCount } from './argument.js';
import { type GruOptions, gruSequence, initGru } from './gru-cell.js';
import { recurrentLayers, type RecurrentOptions } from './recurrent-layers.js';

/** Options of {@link gru}. */
export interface GruLayersOptions extends GruOptions, RecurrentOptions {}

/**
 * GRUs over a sequence, several layers and both directions (Cho et al. 2014): `[N, T, in]` to hidden states `[N, T, units]`, twice as wide
 * with both directions, or with `output: 'last'` to `[N, units]`. In training a loop, otherwise one node of ONNX per layer and
 * direction. Variables `layer1/forward/kernel` [in, 3·units], `…/recurrent` [units, 3·units], `…/bias` and `…/recurrentBias` [3·units],
 * gates in the order z, r, h; `layer1/backward/…`, `layer2/…`.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function gru(units: number, options: GruLayersOptions = {}): Network {
  requireCount('gru', 'units', units);
  return recurrentLayers(
    'gru',
    {
      units,
      init: (rng, width) => initGru(rng, width, units, options),
      run(variables, x, how) {
        const { outputs, h } = gruSequence(variables, x, undefined, how);
        return { outputs, last: h };
      },
    },
    options,
  );
}
