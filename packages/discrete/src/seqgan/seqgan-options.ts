import { z } from 'zod';

const count = () => z.number().int().positive();
const amount = () => z.number().int().nonnegative();

/** Options of {@link seqgan}; the defaults are the published ones for sequences of 20 tokens out of 5000. */
export const seqganOptions = z.strictObject({
  /** Length of a token's vector in the generator. */
  embedding: count().default(32),
  /** Size of the generator's LSTM. */
  hidden: count().default(32),
  /** Standard deviation of every initial parameter of the generator. */
  initialDeviation: z.number().positive().default(0.1),
  /** Maximum likelihood training of the generator, before anything adversarial. */
  pretrain: z
    .strictObject({
      epochs: amount().default(120),
      /** Adam's learning rate. */
      rate: z.number().positive().default(0.01),
      /** Largest global norm of the gradient. */
      clip: z.number().positive().default(5),
    })
    .prefault({}),
  discriminator: z
    .strictObject({
      /** Length of a token's vector in the discriminator. */
      embedding: count().default(64),
      /** Window widths, in tokens; none may be longer than the sequences. */
      widths: z.array(count()).min(1).default([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20]),
      /** Number of filters of each width. */
      filters: z.array(count()).min(1).default([100, 200, 200, 200, 200, 100, 100, 100, 100, 100, 160, 160]),
      /** Share of features dropped in training. */
      dropout: z.number().min(0).lt(1).default(0.25),
      /** Weight of the output layer's halved square norm. */
      l2: z.number().nonnegative().default(0.2),
      /** Adam's learning rate. */
      rate: z.number().positive().default(1e-4),
      /** Sequences generated for each round, and real ones put beside them (fewer where the dataset is smaller). */
      samples: count().default(10_000),
      /** Passes over the sequences of a round. */
      epochs: amount().default(3),
      /** Rounds, each on newly generated sequences, before the adversarial part. */
      pretrainRounds: amount().default(50),
      /** Rounds after each policy step. */
      rounds: amount().default(5),
    })
    .prefault({})
    .refine(({ widths, filters }) => widths.length === filters.length, {
      path: ['filters'],
      message: 'one number of filters for each width',
    })
    .refine(({ widths }) => new Set(widths).size === widths.length, {
      path: ['widths'],
      message: 'each width once',
    }),
  /** Completions of every prefix: N of the paper's Monte-Carlo search. */
  rollouts: count().default(16),
  /** Share of the old roll-out policy that stays after each policy step; 0 rolls out with the generator itself. */
  rolloutRate: z.number().min(0).max(1).default(0.8),
  /** Policy steps, each followed by the discriminator's rounds. */
  adversarialBatches: amount().default(200),
  policy: z
    .strictObject({
      /** Adam's learning rate. */
      rate: z.number().positive().default(0.01),
      /** Largest global norm of the gradient. */
      clip: z.number().positive().default(5),
      /** Sequences in a policy step. Default: the batch size, as published. More of them make its gradient less noisy. */
      sequences: count().optional(),
      /** `shuffled` hands out the same rewards in random order: a control, with which a generator must not get better. */
      rewards: z.enum(['discriminator', 'shuffled']).default('discriminator'),
    })
    .prefault({}),
});

/** Options of {@link seqgan}, defaults filled in. */
export type SeqganOptions = z.output<typeof seqganOptions>;
