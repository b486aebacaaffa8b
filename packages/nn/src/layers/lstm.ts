import type { Network } from '@ganymede/core';
import { requireCount } from './argument.js';
import { initLstm, type LstmOptions, lstmSequence } from './lstm-cell.js';
import { recurrentLayers, type RecurrentOptions } from './recurrent-layers.js';

/** Options of {@link lstm}. */
export interface LstmLayersOptions extends LstmOptions, RecurrentOptions {}

/**
 * LSTMs over a sequence, several layers and both directions (Hochreiter and Schmidhuber 1997; Graves and Schmidhuber 2005): `[N, T, in]`
 * to hidden states `[N, T, units]`, twice as wide with both directions, or with `output: 'last'` to `[N, units]`. In training a loop,
 * otherwise one node of ONNX per layer and direction. Variables `layer1/forward/kernel` [in, 4·units], `…/recurrent` [units, 4·units],
 * `…/bias` [4·units], gates in the order i, f, o, g; `layer1/backward/…`, `layer2/…`.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_OPTION`
 */
export function lstm(units: number, options: LstmLayersOptions = {}): Network {
  requireCount('lstm', 'units', units);
  return recurrentLayers(
    'lstm',
    {
      units,
      init: (rng, width) => initLstm(rng, width, units, options),
      run(variables, x, how) {
        const { outputs, state } = lstmSequence(variables, x, undefined, how);
        return { outputs, last: state.h };
      },
    },
    options,
  );
}
