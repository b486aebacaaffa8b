import { GanymedeError } from '@ganymede/core';
import type { GanymedeConfig } from '../config/config-schema.js';

/** Flags of `train` that are shorter ways to say others. */
export interface ToyFlags {
  /** `--data world:<name>`. */
  readonly world?: string;
  /** `--set loss=<name>`. */
  readonly loss?: string;
}

/** What `--world` and `--loss` say, as a configuration. Throws `GANYMEDE_USAGE` where `--data` says something else, too. */
export function toyConfig({ world, loss }: ToyFlags, data: GanymedeConfig['data']): GanymedeConfig {
  if (world !== undefined && data !== undefined) {
    throw new GanymedeError('GANYMEDE_USAGE', {
      message: `--world ${world} is short for --data world:${world}, but --data was given, too`,
      hint: 'give one of the two',
    });
  }
  return {
    ...(world === undefined ? {} : { data: `world:${world}` }),
    ...(loss === undefined ? {} : { options: { loss } }),
  };
}

const isToy = ({ algorithm = '' }: GanymedeConfig): boolean => /(^|\/)toy$/.test(algorithm);

/**
 * A training of `toy` ends within seconds unless it is told otherwise: the ring, 3000 iterations of 256 points on one thread, learning
 * rates that fall over them. Other algorithms are left as they are.
 */
export function withToyDefaults(config: GanymedeConfig): GanymedeConfig {
  if (!isToy(config)) return config;
  const { steps = 3000, batch = 256, data = 'world:ring', options, backend = 'ort', backendOptions } = config;
  // Matrices this small gain next to nothing from a second thread, and threads that wait for one another take cores from others.
  const threads = /(^|\/)ort$/.test(backend) ? { threads: 1 } : {};
  return {
    ...config,
    ...{ steps, batch, data, options: { decay: steps, ...options } },
    backendOptions: { ...threads, ...backendOptions },
  };
}
