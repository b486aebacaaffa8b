import type { Value } from '@ganymede/tensor';
import type { Algorithm } from './algorithm.js';
import type { Backend } from './backend.js';
import type { CompiledSampler } from './compile-sampler.js';
import type { Dataset } from './dataset.js';
import type { StateView } from './held-state.js';
import type { ProfileOptions, RunProfile } from './profile-run.js';
import type { RunEvent } from './run-event.js';

/** `ready`: can go on; `ended`: all iterations done; `stopped`: by its signal; `failed`: by an error. */
export type RunStatus = 'ready' | 'ended' | 'stopped' | 'failed';

/** How many samples of a run to draw, and from what. */
export interface SampleOptions {
  readonly count: number;
  /** Sample i of a seed is the same whatever `count` and `batch` are. Default 0. */
  readonly seed?: number;
  /** Samples computed at a time. Default: `count`, at most 64. */
  readonly batch?: number;
  /** Values of the sampler's further inputs (labels), `count` rows each; labels that are not given are drawn uniformly. */
  readonly inputs?: Readonly<Record<string, Value>>;
}

/** One training. Iterations, checkpoints and samples take turns; nothing happens until it is asked for. */
export interface Run {
  /** Where config, events and checkpoints are, if anywhere. */
  readonly folder?: string;
  readonly algorithmId: string;
  readonly algorithm: Algorithm;
  /** The algorithm's options as they were given. */
  readonly options: unknown;
  readonly dataset: Dataset;
  readonly batchSize: number;
  readonly backend: Backend;
  readonly seed: number;
  /** Iterations at which it ends; undefined where its schedule decides. */
  readonly steps: number | undefined;
  /** Iterations completed. */
  readonly iteration: number;
  readonly status: RunStatus;
  readonly state: StateView;
  /**
   * Trains, giving each event to the sinks and then to the caller; paused while the caller works, and for as long as the caller
   * likes: leaving the loop and calling `advance()` again goes on. Ends after `end` or `stopped` (both with a checkpoint).
   * Throws what stopped the run, such as `GANYMEDE_NON_FINITE`, after the event `error`.
   */
  advance(): AsyncGenerator<RunEvent>;
  /** {@link advance} to the end. */
  complete(): Promise<void>;
  /** Draws from the generator as it is now; outputs by name, the first is the samples. */
  sample(options: SampleOptions): Promise<Record<string, Value>>;
  /** {@link sample} batch by batch, for counts that should not be in memory at once. */
  sampleBatches(options: SampleOptions): AsyncGenerator<Record<string, Value>>;
  /** The sampler compiled for a batch; compiled once per batch size, disposed with the run. */
  sampler(batch: number): Promise<CompiledSampler>;
  /**
   * Calls every step a few times on the present state, taking the time of each kernel: where time and memory go, by layer and
   * by operator. Changes nothing. Throws `GANYMEDE_PROFILE_UNSUPPORTED` where the backend cannot tell, `GANYMEDE_STEPS`.
   */
  profile(options?: ProfileOptions): Promise<RunProfile>;
  /** Saves the run as it is after the last whole iteration; returns the checkpoint's id. */
  checkpoint(): Promise<string>;
  /** Frees everything, closes its sinks and gives the folder free. May be called twice. */
  dispose(): Promise<void>;
}
