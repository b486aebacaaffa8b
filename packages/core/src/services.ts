import type { CheckpointStore } from './checkpoint.js';
import { type Clock, systemClock } from './clock.js';
import { type Container, createContainer } from './container.js';
import { createRng } from './create-rng.js';
import { fileCheckpointStore } from './file-checkpoint-store.js';
import { type Logger, stderrLogger } from './logger.js';
import { memoryCheckpointStore } from './memory-checkpoint-store.js';
import type { Rng } from './rng.js';
import type { EventSink } from './run-event.js';
import { runPaths } from './run-folder.js';
import { token } from './token.js';

/** What a run's checkpoint store is made from. */
export interface CheckpointPlace {
  /** The run's folder, absent for a run without one. */
  readonly folder?: string;
  /** How many to keep. */
  readonly keep: number;
}

/** The services that core uses; `createGanymede({ services })` swaps any of them. */
export interface Services {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Makes a run's generator from its seed. */
  readonly rng: (seed: number) => Rng;
  /** Makes a run's checkpoint store. Default: files in the run's folder, or memory. */
  readonly checkpoints: (place: CheckpointPlace) => CheckpointStore;
  /** Sinks that get the events of every run, besides the log in its folder. */
  readonly events: readonly EventSink[];
}

/** The tokens of core's services. */
export const tokens = Object.freeze({
  logger: token<Services['logger']>('@ganymede/core/logger'),
  clock: token<Services['clock']>('@ganymede/core/clock'),
  rng: token<Services['rng']>('@ganymede/core/rng'),
  checkpoints: token<Services['checkpoints']>('@ganymede/core/checkpoints'),
  events: token<Services['events']>('@ganymede/core/events'),
});

/** A container with core's services, those given in place of the defaults. */
export function bindServices(given: Partial<Services> = {}): Container {
  return createContainer()
    .bind(tokens.logger, given.logger ?? stderrLogger)
    .bind(tokens.clock, given.clock ?? systemClock)
    .bind(tokens.rng, given.rng ?? ((seed) => createRng(seed)))
    .bind(
      tokens.checkpoints,
      given.checkpoints ??
        (({ folder, keep }) =>
          folder === undefined
            ? memoryCheckpointStore()
            : fileCheckpointStore(runPaths(folder).checkpoints, { keep })),
    )
    .bind(tokens.events, given.events ?? []);
}
