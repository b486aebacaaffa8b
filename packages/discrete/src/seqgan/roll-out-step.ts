import { type StateReader, type Step, withoutTraining } from '@ganymede/core';
import { scope, type Tensor } from '@ganymede/tensor';
import { actionValues, rollOut, rollOutDraws } from '../sequence/roll-out.js';
import { realProbability } from '../sequence/sequence-discriminator.js';
import { sequenceVariables } from '../sequence/sequence-variables.js';
import type { SeqganParts } from './seqgan-parts.js';

/**
 * The variables of the roll-out policy. Its embedding is the generator's: published updates copy it, and the generator does
 * not change between them, so a second table would always be equal.
 */
export const rolloutVariables = (state: StateReader) =>
  sequenceVariables({ ...state.tree('rollout'), embedding: state.tree('generator/embedding') });

/** Q of every token of `tokens`, from `repeats` completions of every prefix: output `values`, `[B, T]`. */
export const rollOutStep = (parts: SeqganParts): Step => {
  const { tokens: field, sequences, discriminator, repeats } = parts;
  const { length } = field;
  return {
    name: 'rollOut',
    batch: { tokens: { dtype: 'int32', shape: [sequences, length] } },
    program(state, { tokens }, ctx) {
      const draws = rollOutDraws(sequences, length, repeats);
      const uniform = ctx.child('rollout').noise('uniform', [draws], { kind: 'uniform' });
      const completed = scope('rollout', () =>
        rollOut(rolloutVariables(state), tokens as Tensor, uniform, repeats),
      );
      const judging = withoutTraining(ctx.child('discriminator'));
      const logits = scope('discriminator', () =>
        discriminator.apply(state.tree('discriminator'), completed, judging),
      );
      return { outputs: { values: actionValues(realProbability(logits), sequences, length, repeats) } };
    },
  };
};
