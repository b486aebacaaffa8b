import { z } from 'zod';

const count = () => z.number().int().positive();
const amount = () => z.number().int().nonnegative();

/** Options of {@link seqgan}; the defaults are the published ones for sequences of 20 tokens out of 5000. */
export const seqganOptions = z.strictObject({
  embedding: count().default(32).describe("length of a token's vector in the generator"),
  hidden: count().default(32).describe("size of the generator's LSTM"),
  initialDeviation: z
    .number()
    .positive()
    .default(0.1)
    .describe('standard deviation of every initial parameter of the generator'),
  /** Maximum likelihood training of the generator, before anything adversarial. */
  pretrain: z
    .strictObject({
      epochs: amount().default(120),
      rate: z.number().positive().default(0.01).describe("Adam's learning rate"),
      clip: z.number().positive().default(5).describe('largest global norm of the gradient'),
    })
    .prefault({}),
  discriminator: z
    .strictObject({
      embedding: count().default(64).describe("length of a token's vector in the discriminator"),
      widths: z
        .array(count())
        .min(1)
        .default([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20])
        .describe('window widths, in tokens; none may be longer than the sequences'),
      filters: z
        .array(count())
        .min(1)
        .default([100, 200, 200, 200, 200, 100, 100, 100, 100, 100, 160, 160])
        .describe('number of filters of each width'),
      dropout: z.number().min(0).lt(1).default(0.25).describe('share of features dropped in training'),
      l2: z.number().nonnegative().default(0.2).describe("weight of the output layer's halved square norm"),
      rate: z.number().positive().default(1e-4).describe("Adam's learning rate"),
      samples: count()
        .default(10_000)
        .describe(
          'sequences generated for each round, and real ones put beside them (fewer where the dataset is smaller)',
        ),
      epochs: amount().default(3).describe('passes over the sequences of a round'),
      pretrainRounds: amount()
        .default(50)
        .describe('rounds, each on newly generated sequences, before the adversarial part'),
      rounds: amount().default(5).describe('rounds after each policy step'),
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
  rollouts: count().default(16).describe("completions of every prefix: N of the paper's Monte-Carlo search"),
  rolloutRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.8)
    .describe(
      'share of the old roll-out policy that stays after each policy step; 0 rolls out with the generator itself',
    ),
  adversarialBatches: amount()
    .default(200)
    .describe("policy steps, each followed by the discriminator's rounds"),
  policy: z
    .strictObject({
      rate: z.number().positive().default(0.01).describe("Adam's learning rate"),
      clip: z.number().positive().default(5).describe('largest global norm of the gradient'),
      sequences: count()
        .optional()
        .describe(
          'sequences in a policy step. Default: the batch size, as published. More of them make its gradient less noisy',
        ),
      rewards: z
        .enum(['discriminator', 'shuffled'])
        .default('discriminator')
        .describe(
          'shuffled hands out the same rewards in random order: a control, with which a generator must not get better',
        ),
    })
    .prefault({}),
});

/** Options of {@link seqgan}, defaults filled in. */
export type SeqganOptions = z.output<typeof seqganOptions>;
