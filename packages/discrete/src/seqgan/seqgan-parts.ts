import type { Network, Optimizer } from '@ganymede/core';
import type { TokenField } from '../token-field.js';
import type { SequenceSizes } from '../sequence/sequence-variables.js';

/** What SeqGAN's steps are made from. */
export interface SeqganParts {
  readonly tokens: TokenField;
  /** Sequences in a step of likelihood or of the discriminator. */
  readonly batchSize: number;
  /** Sequences that are generated together, valued by roll-outs, and make one policy step. */
  readonly sequences: number;
  readonly generator: SequenceSizes;
  readonly discriminator: Network;
  /** Weight of the discriminator's output layer's halved square norm. */
  readonly l2: number;
  readonly optimizers: {
    readonly likelihood: Optimizer;
    readonly policy: Optimizer;
    readonly discriminator: Optimizer;
  };
  /** Completions of each prefix in one call of the roll-out step. */
  readonly repeats: number;
  /** Share of the old roll-out policy that stays. */
  readonly rolloutRate: number;
}
