import { z } from 'zod';

/** Options of the classifier that a metric trains on the data's labels. */
export const classifierSchema = z.strictObject({
  /** Batches to train on. */
  steps: z.number().int().positive().default(600),
  /** Images per batch. */
  batchSize: z.number().int().positive().default(64),
  /** Width of the penultimate layer, whose activations are the features. */
  features: z.number().int().min(2).default(64),
  /** Seed of the classifier, apart from the run's, so that all runs on one set of data are measured by the same one. */
  seed: z.number().int().nonnegative().default(1),
  /** Folder that keeps trained classifiers, or false for none. Default: the user's cache folder. */
  cache: z.union([z.string(), z.literal(false)]).optional(),
});
