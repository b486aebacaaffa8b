import { didYouMean, GanymedeError } from '@ganymede/core';
import { z } from 'zod';

const dataSchema = z.strictObject({
  id: z.string(),
  options: z.record(z.string(), z.unknown()).optional(),
});

/** What a training is made of, from flags and `ganymede.config.ts` alike. Paths are relative to the working directory. */
export const configSchema = z.strictObject({
  /** Algorithm id, short or full: `dcgan`, `@acme/tiny`. */
  algorithm: z.string().optional(),
  /** `glyphs`, `idx:<images>[,<labels>]`, `folder:<dir>`, `world:ring`, `tokens:<file>`, or a module and its options. */
  data: z.union([z.string(), dataSchema]).optional(),
  /** Options of the algorithm. */
  options: z.record(z.string(), z.unknown()).optional(),
  /** Iterations to train for; default: as many as the algorithm's schedule has. */
  steps: z.number().int().positive().optional(),
  /** Examples per batch; default 64. */
  batch: z.number().int().positive().optional(),
  /** Default 1. */
  seed: z.number().int().min(0).max(0xffff_ffff).optional(),
  /** Backend id, short or full: `ort`. */
  backend: z.string().optional(),
  /** Device of the backend: `auto`, `cpu`, `webgpu`, `cuda`. */
  device: z.string().optional(),
  /** Further options of the backend. */
  backendOptions: z.record(z.string(), z.unknown()).optional(),
  /** Run folder. */
  out: z.string().optional(),
  /** Packages or paths of plugins. */
  plugins: z.array(z.string()).optional(),
  /** Iterations between checkpoints; default 500. */
  checkpointEvery: z.number().int().positive().optional(),
  /** false: every epoch in the data's own order. */
  shuffle: z.boolean().optional(),
  /** `nonfinite`: finds the operator that a NaN or infinity began with; slower. */
  debug: z.enum(['nonfinite']).optional(),
  /** Iterations between sample grids; default 500. */
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
  if (issue?.code === 'unrecognized_keys') {
    const shape = issue.path[0] === 'data' ? dataSchema.shape : configSchema.shape;
    const full = (key: string) => [...issue.path, key].join('.');
    throw unknownSetting(source, full(issue.keys[0] ?? ''), Object.keys(shape).map(full));
  }
  const problem =
    issue?.path[0] === 'data'
      ? 'expected a name such as "glyphs" or "folder:./faces", or { id, options }'
      : (issue?.message ?? 'is not valid');
  throw new GanymedeError('GANYMEDE_CONFIG', {
    message: `${source}: ${issue?.path.join('.') || 'the configuration'}: ${problem}`,
    hint: 'ganymede train --help lists every setting',
  });
}

function unknownSetting(source: string, key: string, known: readonly string[]): GanymedeError {
  return new GanymedeError('GANYMEDE_CONFIG', {
    message: `${source}: no setting "${key}"`,
    hint: [`known: ${known.join(', ')}`, didYouMean(key, known)]
      .filter((line) => line !== undefined)
      .join('\n  '),
    data: { key, known },
  });
}
