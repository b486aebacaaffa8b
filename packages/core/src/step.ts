import type { Shape, Tensor, TensorType, Value } from '@ganymede/tensor';
import type { Conditions } from './conditions.js';
import type { Tree } from './network.js';
import type { Distribution } from './rng.js';

/** A number that may change over a run: constant, or a function of how many times the step has run (from 0). */
export type Scheduled = number | ((call: number) => number);

/** Everything a tensor program may ask for besides state and batch. */
export interface StepContext {
  /** Batch statistics, dropout and buffer updates are on; false when sampling, evaluating and exporting. */
  readonly training: boolean;
  /** `/`-joined path of the network being applied. */
  readonly path: string;
  /** What the network is told besides its input: labels, styles. `conditionAt` reads them, `withConditions` sets them. */
  readonly conditions: Conditions;
  child(name: string): StepContext;
  /** Declares a noise input of the graph named `noise/<path>/<name>`; the run fills it anew at every call. */
  noise(name: string, shape: Shape, distribution: Distribution): Tensor;
  /** Declares a float32 scalar input `scalar/<path>/<name>`; the run feeds its value at every call. Never baked. */
  scalar(name: string, value: Scheduled): Tensor;
  /** Hands on the next value of the buffer `name` of the network at `path`. Ignored when not training. */
  updateBuffer(name: string, next: Tensor): void;
  /** Hands out a value besides the network's output, by name (`features`, `classes`), to whoever collects: `collectExposed`. */
  expose?(name: string, value: Tensor): void;
  /**
   * Hands on a first value, found from the batch, of the variable `name` of the network at `path`. There only while variables are
   * initialised from data; a layer that can then hands on values and computes as it will with them.
   */
  fitVariable?(name: string, first: Tensor): void;
}

/** Symbolic access to a run's state; reading an entry makes it an input of the graph, named by its path. */
export interface StateReader {
  get(path: string): Tensor;
  /** All entries below `prefix/`, as a tree. */
  tree(prefix: string): Tree<Tensor>;
  /** Whether there is this entry; of a path that ends with `/`, whether there are entries below it. */
  has(path: string): boolean;
}

/** What a step's program returns. */
export interface StepResult {
  /** Next values of state entries, by path. Entries not named keep their value. */
  readonly state?: Readonly<Record<string, Tensor>>;
  /** What the step returns to the schedule. float32 scalars are reported as metrics. */
  readonly outputs?: Readonly<Record<string, Tensor>>;
}

/**
 * A step: a tensor program `(state, batch, noise, scalars) -> (state, outputs)`, compiled once. It never mutates, never draws
 * randomness of its own, never knows the backend.
 */
export interface Step {
  readonly name: string;
  /** dtype and shape of each batch entry it reads; sizes are fixed at compile time. */
  readonly batch: Readonly<Record<string, TensorType>>;
  program(state: StateReader, batch: Readonly<Record<string, Tensor>>, ctx: StepContext): StepResult;
}

/** A run's state: a flat map from path to value: variables, optimizer slots, averages, counters, whatever a schedule keeps. */
export type State = Readonly<Record<string, Value>>;
