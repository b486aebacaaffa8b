import type { Tensor, TensorType, Value } from '@ganymede/tensor';
import type { Backend } from './backend.js';
import type { ConditionTypes } from './conditions.js';
import type { Dataset, DataStream } from './dataset.js';
import type { Distribution, Rng } from './rng.js';
import type { State, StateReader, Step, StepContext } from './step.js';

/** What a trained generator makes, and how to show it. */
export type SampleKind = 'images' | 'tokens' | 'points';

/** A further input of a sampler. */
export interface SamplerInput extends TensorType {
  /** How it is drawn where nobody gives it, such as labels uniformly. Without, it must be given. */
  readonly drawn?: Distribution;
}

/**
 * Draws samples: an inference program over the run's state. Its noise inputs are the latents; the batch dimension is named
 * `N` when exported. The first output is the samples: images `[N, channels, height, width]` in [-1, 1], tokens `[N, length]`
 * int32, points `[N, 2]`.
 */
export interface Sampler {
  readonly kind: SampleKind;
  /**
   * dtype and shape of further inputs besides noise (labels, images); the batch dimension is `'N'`. A fully convolutional network
   * names the height and width that may be anything, too: `['N', 3, 'H', 'W']`, or `'H*4'` where it halves them twice.
   */
  readonly inputs?: Readonly<Record<string, SamplerInput>>;
  program(
    state: StateReader,
    inputs: Readonly<Record<string, Tensor>>,
    ctx: StepContext,
    /** Batch size or `'N'`. */
    batch: number | string,
  ): Readonly<Record<string, Tensor>>;
}

/** What a step gave back: its scalar outputs as metrics, the others as values. */
export interface StepReport {
  readonly step: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, Value>>;
}

/** Where a schedule stands, as JSON. A schedule is written so that it can start from any position it yields at. */
export type Position = Record<string, number>;

/** What a schedule works with: compiled steps, data, where it stands, state on the host. */
export interface ScheduleContext<Steps extends string = string> {
  /** Each compiled step as an async function of its batch. Noise and scalars are filled by the run. */
  readonly steps: Readonly<Record<Steps, (batch?: Readonly<Record<string, Value>>) => Promise<StepReport>>>;
  readonly data: DataStream;
  readonly position: Position;
  /** Reads and replaces entries of the state on the host, for what is not a step (generated negatives, roll-out copies). */
  readonly state: { get(path: string): Promise<Value>; set(path: string, value: Value): void };
  /** Random numbers for the schedule itself; number draws by something in `position`. */
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

/**
 * A complete GAN: steps (tensor programs) and a schedule (plain TypeScript that calls them in order).
 *
 * Each `yield` of the schedule ends one iteration: there, and only there, a run counts, reports, checks for non-finite
 * metrics, saves checkpoints and stops. `position` and `state` must then hold all that is needed to go on from there.
 */
export interface Algorithm<Steps extends string = string> {
  readonly steps: Readonly<Record<Steps, Step>>;
  readonly sampler: Sampler;
  /**
   * Raw logits of samples `[batch, …]` in inference mode, where there is a discriminator of single samples: for pictures and probes of a
   * run. Where it needs `conditions`, the context says them: `withConditions(ctx, { label })`.
   */
  readonly discriminate?: (state: StateReader, samples: Tensor, ctx: StepContext) => Tensor;
  /** What `discriminate` must be told beside samples, by name, with the batch as `N`; absent where it needs nothing else. */
  readonly conditions?: ConditionTypes;
  /**
   * Each player's update alone, the others staying as they are; it reports `<player>Loss`, what that player minimises, at the state it
   * was given. For probes of a run, whose schedule need not call them.
   */
  readonly players?: Readonly<Record<string, Step>>;
  /** Initial state: variables, optimizer slots, averages. Paths start with the network's name. */
  init(rng: Rng): State;
  /** The position before the first iteration. */
  readonly start: Position;
  schedule(context: ScheduleContext<Steps>): AsyncIterable<StepReport>;
  /** Iterations after which the schedule ends by itself; undefined if it never does. */
  readonly iterations?: number;
}

/** What an algorithm may ask for when it is made. */
export interface AlgorithmServices {
  readonly data: Dataset;
  readonly batchSize: number;
}

/** A measurement of a run or of samples, with what is needed to judge and repeat it. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  /** Where the true value lies with the probability `level`, where the metric can tell. */
  readonly interval?: { readonly low: number; readonly high: number; readonly level: number };
  /** Feature source, sample counts, seed, data hash. */
  readonly provenance: Readonly<Record<string, string | number>>;
}

/** What a metric may look at. */
export interface MetricInput {
  /** `count` fresh samples of the first sampler output, in batches. */
  samples(count: number, seed?: number): AsyncIterable<Value>;
  /** As `samples`, from the generator as the run started it: what a metric may compare with. */
  untrained?(count: number, seed?: number): AsyncIterable<Value>;
  /** `count` samples whose latents and other noise are drawn from `rng`; absent where the samples come from no generator. */
  draw?(count: number, rng: Rng): AsyncIterable<Value>;
  /** Whether sample i is made for example i of the dataset, as in translation or super-resolution. */
  readonly paired?: boolean;
  /** Told what is done of something long: `features of generated samples`, 1200 of 5000. */
  readonly progress?: (what: string, done: number, total: number) => void;
  readonly dataset: Dataset;
  readonly backend: Backend;
  readonly state: State;
  /** What makes the run's steps; absent where the samples come from no run. */
  readonly algorithm?: Algorithm;
  readonly seed: number;
}

/** How good is it? */
export interface Metric {
  readonly name: string;
  measure(input: MetricInput): Promise<readonly Measurement[]>;
}
