import { GanymedeError, nearest } from '@ganymede/core';
import { z } from 'zod';

/** What a training is made of, from flags and `ganymede.config.ts` alike. */
export const configSchema = z.strictObject({
  /** Algorithm id, short or full: `dcgan`, `@acme/tiny`. */
  algorithm: z.string().optional(),
  /** `glyphs`, `idx:<images>[,<labels>]`, `folder:<dir>`, `mixture:ring|grid|swiss-roll`, `tokens:<file>`, or a module and its options. */
  data: z
    .union([
      z.string(),
      z.strictObject({ id: z.string(), options: z.record(z.string(), z.unknown()).optional() }),
    ])
    .optional(),
  /** Options of the algorithm. */
  options: z.record(z.string(), z.unknown()).optional(),
  /** Iterations to train for; default: as many as the algorithm's schedule has. */
  steps: z.number().int().positive().optional(),
  batch: z.number().int().positive().optional(),
  seed: z.number().int().nonnegative().optional(),
  /** Backend id, short or full: `ort`. */
  backend: z.string().optional(),
  device: z.string().optional(),
  /** Further options of the backend. */
  backendOptions: z.record(z.string(), z.unknown()).optional(),
  /** Run folder. */
  out: z.string().optional(),
  /** Packages or paths of plugins. */
  plugins: z.array(z.string()).optional(),
  /** Iterations between checkpoints. */
  checkpointEvery: z.number().int().positive().optional(),
  /** Iterations between sample grids. */
  sampleEvery: z.number().int().positive().optional(),
});

/** A training's configuration. */
export type GanymedeConfig = z.input<typeof configSchema>;

/** Types a `ganymede.config.ts`: `export default defineConfig({ algorithm: 'dcgan', steps: 2000 })`. */
export const defineConfig = (config: GanymedeConfig): GanymedeConfig => config;

/**
 * Checks a configuration.
 *
 * @throws `GANYMEDE_CONFIG` naming the first wrong key and the nearest right one.
 */
export function parseConfig(config: unknown, source: string): GanymedeConfig {
  const parsed = configSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const known = Object.keys(configSchema.shape);
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const guess = nearest(key, known);
    throw new GanymedeError('GANYMEDE_CONFIG', {
      message: `${source}: no setting "${key}"`,
      hint: `known: ${known.join(', ')}${guess === undefined ? '' : `\n  did you mean "${guess}"?`}`,
    });
  }
  throw new GanymedeError('GANYMEDE_CONFIG', {
    message: `${source}: ${issue?.path.join('.') || 'the configuration'}: ${issue?.message ?? 'is not valid'}`,
    hint: 'ganymede train --help lists every setting',
  });
}
