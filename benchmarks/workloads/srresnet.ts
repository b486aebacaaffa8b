import { descendTrained, initTrained } from '@ganymede/continuous';
import { createRng, type Network } from '@ganymede/core';
import { adam, batchNorm, compose, conv2d, sequential, stateless, tanh, tensorAt } from '@ganymede/nn';
import { depthToSpace, filled, prelu, scope, type Tensor } from '@ganymede/tensor';
import type { Workload } from '../workload.js';
import { trainedNumbers } from './adversarial-work.js';
import { fourBatches, uniformNumbers } from './random-data.js';

const batch = 16;
const width = 64;
const blocks = 4;
const patch = 24;

/** A rectifier whose slope below zero is learned, one for all channels. */
const parametric: Network = {
  name: 'prelu',
  buffers: [],
  init: () => ({ slope: filled([1], 0.25) }),
  apply: (variables, x, ctx) => prelu(x, tensorAt(variables, 'slope', ctx)),
};

const conv = (bias = false) => conv2d(width, { kernel: 3, bias });

const residual = (): Network =>
  compose({ body: sequential(conv(), batchNorm(), parametric, conv(), batchNorm()) }, ({ body }, x) =>
    body(x).add(x),
  );

const larger = (): Network[] => [
  conv2d(4 * width, { kernel: 3 }),
  stateless('shuffle', (x) => depthToSpace(x, 2, 'CRD')),
  parametric,
];

/** SRResNet (Ledig et al. 2017, fig. 4) with fewer blocks. */
const network = compose(
  {
    first: sequential(conv2d(width, { kernel: 9 }), parametric),
    blocks: sequential(...Array.from({ length: blocks }, residual), conv(), batchNorm()),
    last: sequential(...larger(), ...larger(), conv2d(3, { kernel: 9 }), tanh()),
  },
  (parts, x) => {
    const features = parts.first(x);
    return parts.last(features.add(parts.blocks(features)));
  },
);

/** A step of mean squared error, four times larger. */
export const srresnet: Workload = {
  name: 'srresnet',
  title: `SRResNet x4, ${patch}x${patch}, ${blocks} blocks, batch ${batch}`,
  create() {
    const [small, large] = [patch, 4 * patch].map((side) => [batch, 3, side, side]) as [number[], number[]];
    const trained = { name: 'generator', network, optimizer: adam({ rate: 1e-4 }) };
    const state = initTrained(trained, createRng(1, 'init'), small);
    return {
      step: {
        name: 'pixels',
        batch: { small: { dtype: 'float32', shape: small }, large: { dtype: 'float32', shape: large } },
        program(reader, { small: x, large: wanted }, ctx) {
          const variables = reader.tree('generator');
          const drawn = scope('generator', () =>
            network.apply(variables, x as Tensor, ctx.child('generator')),
          );
          const loss = drawn
            .sub(wanted as Tensor)
            .square()
            .mean();
          const slots = reader.tree('optimizer/generator');
          return { state: descendTrained(trained, loss, variables, slots, ctx).state, outputs: { loss } };
        },
      },
      state,
      batches: fourBatches((call) => ({
        small: uniformNumbers(small, call),
        large: uniformNumbers(large, call),
      })),
      parameters: [trainedNumbers(state, 'generator')],
      losses: ['loss'],
    };
  },
  torch: { work: 'srresnet', settings: { batch, width, blocks, patch } },
};
