import type { Algorithm } from './algorithm.js';
import type { Backend } from './backend.js';
import type { Checkpoint, CheckpointStore } from './checkpoint.js';
import type { Clock } from './clock.js';
import type { Dataset } from './dataset.js';
import type { DebugMode } from './debug-call.js';
import type { EventHub } from './event-hub.js';
import type { Rng } from './rng.js';

/** Everything a run is made of. `createGanymede` puts this together; a test may do so by hand. */
export interface RunParts {
  readonly folder?: string;
  readonly algorithmId: string;
  readonly algorithm: Algorithm;
  readonly options?: unknown;
  readonly dataset: Dataset;
  readonly batchSize: number;
  readonly backend: Backend;
  readonly rng: Rng;
  /** Makes the generator of a sampling seed. */
  readonly rngOf: (seed: number) => Rng;
  readonly steps: number | undefined;
  /** Iterations between checkpoints. */
  readonly checkpointEvery: number;
  /** Whether each epoch is read in an order of its own. Default true. */
  readonly shuffle?: boolean;
  readonly checkpoints: CheckpointStore;
  readonly events: EventHub;
  readonly clock: Clock;
  readonly versions: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Goes on from here. */
  readonly from?: Checkpoint;
  /** Only samples and reads: `advance` and `checkpoint` are refused. */
  readonly readOnly?: boolean;
  /** Looks for faults while training. */
  readonly debug?: DebugMode;
  /** Called once, last of all, when the run is disposed. */
  readonly onDispose?: () => Promise<void>;
  /** Called when the run has ended, stopped or failed: its folder may be used by others. */
  readonly onFinish?: () => Promise<void>;
}
