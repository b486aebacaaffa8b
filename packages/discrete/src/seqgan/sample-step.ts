import type { StateReader, Step, StepContext } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { sampleSequences } from '../sequence/sample-sequences.js';
import { sequenceVariables } from '../sequence/sequence-variables.js';
import type { SeqganParts } from './seqgan-parts.js';

/** The generator's sequences, int32 `[batch, length]`, from the noise input `uniform` of the same shape. */
export const generate = (
  state: StateReader,
  ctx: StepContext,
  batch: number | string,
  length: number,
): Tensor =>
  sampleSequences(
    sequenceVariables(state.tree('generator')),
    ctx.child('generator').noise('uniform', [batch, length], { kind: 'uniform' }),
  );

/** Draws a batch of sequences: output `tokens`, int32 `[sequences, T]`. */
export const sampleStep = ({ tokens: { length }, sequences }: SeqganParts): Step => ({
  name: 'sample',
  batch: {},
  program: (state, _, ctx) => ({ outputs: { tokens: generate(state, ctx, sequences, length) } }),
});
