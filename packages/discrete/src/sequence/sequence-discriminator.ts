import type { Network } from '@ganymede/core';
import { compose, dense, dropout, embedding, highway, truncatedNormal, uniform } from '@ganymede/nn';
import { concat, softmax, type Tensor } from '@ganymede/tensor';
import { tokenWindow } from './token-window.js';

/** Sizes of the convolutional discriminator of token sequences. */
export interface SequenceDiscriminatorSizes {
  readonly vocabulary: number;
  /** Length of a token's vector. */
  readonly embedding: number;
  /** Window widths of the parallel convolutions, in tokens. */
  readonly widths: readonly number[];
  /** Number of filters of each width. */
  readonly filters: readonly number[];
  /** Share of features dropped in training. */
  readonly dropout: number;
}

/**
 * The discriminator of SeqGAN (Yu et al. 2017, eq. 9-11): windows of several widths over token vectors uniform on [-1, 1),
 * the largest response over time, one highway layer with gate bias 0, dropout, two classes.
 *
 * Integer tokens `[N, T]` to raw logits `[N, 2]`: class 0 generated, class 1 real.
 */
export function sequenceDiscriminator(sizes: SequenceDiscriminatorSizes): Network {
  const windows = sizes.widths.map((width, i) => [
    `window${width}`,
    tokenWindow(width, sizes.filters[i] as number),
  ]);
  const parts: Readonly<Record<string, Network>> = {
    embedding: embedding(sizes.vocabulary, sizes.embedding, { tableInit: uniform(1) }),
    ...(Object.fromEntries(windows) as Record<string, Network>),
    highway: highway({ gateBias: 0 }),
    dropout: dropout(sizes.dropout),
    output: dense(2, { kernelInit: truncatedNormal(0.1), biasInit: 0.1 }),
  };
  return compose(
    parts,
    (part, tokens) => {
      const apply = (name: string, x: Tensor): Tensor => (part[name] as (x: Tensor) => Tensor)(x);
      const vectors = apply('embedding', tokens);
      const responses = sizes.widths.map((width) => apply(`window${width}`, vectors));
      const features = responses.length === 1 ? (responses[0] as Tensor) : concat(responses, 1);
      return apply('output', apply('dropout', apply('highway', features)));
    },
    { name: 'discriminator' },
  );
}

/** D(Y): the probability that each sequence is real, `[N]`, from raw logits `[N, 2]`. */
export const realProbability = (logits: Tensor): Tensor => softmax(logits, 1).slice(1, 1, 2).reshape([-1]);
