import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Algorithm, AlgorithmServices, Metric } from './algorithm.js';
import type { Backend, DeviceReport } from './backend.js';
import type { Dataset } from './dataset.js';
import type { Loss, Regularizer } from './loss.js';
import type { Optimizer } from './optimizer.js';

/** The kinds of module core knows: what each creates, and what it may ask for when created. */
export interface Kinds {
  loss: { result: Loss; services: void };
  regularizer: { result: Regularizer; services: void };
  optimizer: { result: Optimizer; services: void };
  dataset: { result: Dataset | Promise<Dataset>; services: void };
  metric: { result: Metric; services: void };
  backend: { result: Promise<Backend>; services: void };
  algorithm: { result: Algorithm; services: AlgorithmServices };
}
/** The name of a kind of module, such as `loss`. */
export type Kind = keyof Kinds;

/** What one calls a module of kind `K` with. The open kind (`Module` without arguments) takes nothing: narrow it first. */
export type ModuleArguments<K extends Kind, Schema extends StandardSchemaV1> = Kind extends K
  ? never
  : Kinds[K]['services'] extends void
    ? [options?: StandardSchemaV1.InferInput<Schema>]
    : [options: StandardSchemaV1.InferInput<Schema> | undefined, services: Kinds[K]['services']];

/** What a loss or penalty computes, in one line of mathematics, and the values it can take. */
export interface Formula {
  readonly equation: string;
  readonly range: readonly [low: number, high: number];
}

/** Where a loss or regularizer comes from, and what it computes. Lists and the documentation show it. */
export interface Reference {
  readonly title: string;
  /** `Goodfellow et al.` */
  readonly authors: string;
  readonly year: number;
  /** By what minimises it: `discriminator` and `generator` of a loss, `penalty` of a regularizer. */
  readonly formulas: Readonly<Record<string, Formula>>;
}

/**
 * A module: a typed value that makes something. Calling it validates the options, fills in defaults and creates:
 * `leastSquares({ b: 0.9 })`, `dcgan({ width: 32 }, { data, batchSize })`. Usable without any registry.
 * Every module is assignable to `Module`; recognise one at run time with `isModule`, never with `instanceof`.
 */
export interface Module<
  K extends Kind = Kind,
  Id extends string = string,
  Schema extends StandardSchemaV1 = StandardSchemaV1,
  Result extends Kinds[K]['result'] = Kinds[K]['result'],
> {
  (...args: ModuleArguments<K, Schema>): Result;
  readonly kind: K;
  /** `@scope/package/name`. */
  readonly id: Id;
  /** One line for `ganymede list`. */
  readonly summary: string;
  readonly options: Schema;
  /** The paper, equations and ranges, where the module is from the literature. */
  readonly reference?: Reference;
  /** Ids of modules that must be registered too. */
  readonly requires: readonly string[];
  /** Backends only: which devices can be used on this machine. */
  readonly devices?: () => Promise<readonly DeviceReport[]>;
  /** The registry's door: as the call, but with options from outside the type system (a config file). */
  '~make'(options: unknown, services: unknown): Result;
}

/** A plugin: a plain object listing modules. */
export interface Plugin<Modules extends readonly Module[] = readonly Module[]> {
  readonly name: string;
  readonly apiVersion: 1;
  readonly modules: Modules;
}
