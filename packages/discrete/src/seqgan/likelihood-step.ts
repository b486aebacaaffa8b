import { flattenTree, type Step } from '@ganymede/core';
import { descend } from '@ganymede/nn';
import { filled, constant, type Tensor } from '@ganymede/tensor';
import { weightedLogLikelihood } from '../sequence/log-likelihood.js';
import { sequenceVariables } from '../sequence/sequence-variables.js';
import type { SeqganParts } from './seqgan-parts.js';

/** One step of maximum likelihood on real sequences. Reports `nll`, the mean over tokens, in nats. */
export function likelihoodStep({ tokens: { length }, batchSize, optimizers }: SeqganParts): Step {
  const shape = [batchSize, length];
  return {
    name: 'likelihood',
    batch: { tokens: { dtype: 'int32', shape } },
    program(state, { tokens }, ctx) {
      const params = state.tree('generator');
      const weights = constant(filled(shape, 1 / (batchSize * length)));
      const { objective, logLikelihood } = weightedLogLikelihood(
        sequenceVariables(params),
        tokens as Tensor,
        weights,
      );
      const path = 'optimizer/likelihood';
      const next = descend(optimizers.likelihood, objective.neg(), params, state.tree(path), ctx.child(path));
      return {
        state: { ...flattenTree(next.params, 'generator'), ...flattenTree(next.slots, path) },
        outputs: { nll: logLikelihood.mean().neg() },
      };
    },
  };
}
