import { flattenTree, type Step } from '@ganymede/core';
import { descend } from '@ganymede/nn';
import type { Tensor } from '@ganymede/tensor';
import { weightedLogLikelihood } from '../sequence/log-likelihood.js';
import { sequenceVariables } from '../sequence/sequence-variables.js';
import type { SeqganParts } from './seqgan-parts.js';

/**
 * One step of REINFORCE (Yu et al. 2017, eq. 8): descends -sum over batch and time of log G(y_t | y_<t) Q_t, without a baseline,
 * as published; then moves the roll-out policy towards the new generator. Reports `reward`, the mean Q, and `policyLoss`.
 */
export function policyStep({ tokens: { length }, sequences, optimizers, rolloutRate }: SeqganParts): Step {
  const shape = [sequences, length];
  return {
    name: 'policy',
    batch: { tokens: { dtype: 'int32', shape }, values: { dtype: 'float32', shape } },
    program(state, batch, ctx) {
      const { tokens, values } = batch as { tokens: Tensor; values: Tensor };
      const params = state.tree('generator');
      const { objective, logLikelihood } = weightedLogLikelihood(sequenceVariables(params), tokens, values);
      const path = 'optimizer/policy';
      const next = descend(optimizers.policy, objective.neg(), params, state.tree(path), ctx.child(path));
      const generator = flattenTree(next.params);
      const rollout = flattenTree(state.tree('rollout'));
      const delayed = Object.entries(rollout).map(([name, old]) => [
        `rollout/${name}`,
        old.mul(rolloutRate).add((generator[name] as Tensor).mul(1 - rolloutRate)),
      ]);
      return {
        state: {
          ...flattenTree(next.params, 'generator'),
          ...flattenTree(next.slots, path),
          ...(Object.fromEntries(delayed) as Record<string, Tensor>),
        },
        outputs: { reward: values.mean(), policyLoss: logLikelihood.mul(values).sum().neg() },
      };
    },
  };
}
