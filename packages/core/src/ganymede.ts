import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Backend } from './backend.js';
import type { Container } from './container.js';
import type { Dataset } from './dataset.js';
import type { DebugMode } from './debug-call.js';
import type { Kind, Kinds, Module, ModuleArguments, Plugin } from './module.js';
import type { Run } from './run.js';
import type { EventSink } from './run-event.js';
import type { Services } from './services.js';

/** A slot in a plugin list; `useGpu && webgpu` leaves it empty. */
export type PluginSlot = Plugin | false | null | undefined | 0 | '';

/** The modules that a plugin (or a union of slots) brings, as a union. */
export type ModulesOf<P> = P extends Plugin<infer Modules> ? Modules[number] : never;

/** `hinge` for `@ganymede/losses/hinge`; nothing for other scopes. */
export type ShortId<Id extends string> = Id extends `@ganymede/${string}/${infer Name}` ? Name : never;

/** Modules by id and short id. */
export type ById<M extends Module> = { readonly [X in M as X['id'] | ShortId<X['id']>]: X };

type OfKind<M extends Module, K extends Kind> = M extends { readonly kind: K }
  ? M
  : Kind extends M['kind']
    ? M
    : never;

/** Ids and short ids of the modules of a kind. */
export type IdOf<M extends Module, K extends Kind = Kind> = keyof ById<OfKind<M, K>> & string;

/** Arguments and result of creating a module; unknown to the compiler where the plugins are. */
export type CreateArguments<X> = X extends Module
  ? Kind extends X['kind']
    ? [options?: unknown, services?: unknown]
    : ModuleArguments<X['kind'], X['options']>
  : never;
/** Result of creating a module. */
export type CreateResult<X> = X extends Module<Kind, string, StandardSchemaV1, infer Result> ? Result : never;

type InputOf<X> = X extends { readonly options: infer S extends StandardSchemaV1 }
  ? StandardSchemaV1.InferInput<S>
  : never;

/** Choice of a backend: an id, an id with options, or one that is open already (and stays the caller's to dispose). */
export type BackendChoice<Id extends string = string> =
  | Id
  | { readonly id: Id; readonly options?: Readonly<Record<string, unknown>> }
  | Backend;

/** What `resume` and `open` have in common with `start`. */
export interface SessionOptions<BackendId extends string = string> {
  /** Default: the first backend among the plugins; on resume the run's own. */
  readonly backend?: BackendChoice<BackendId>;
  /** The backend's device; short for its option of that name. */
  readonly device?: string;
  /**
   * `nonfinite`: looks at everything that every step gives, and tells of the first NaN or infinity which operator it began
   * with, in which layer and from which inputs. Slower; the same results.
   */
  readonly debug?: DebugMode;
  readonly signal?: AbortSignal;
  /** Sinks of this run, besides the log in its folder and those among the services. */
  readonly sinks?: readonly EventSink[];
}

interface StartBase<BackendId extends string> extends SessionOptions<BackendId> {
  readonly data: Dataset | Promise<Dataset>;
  /** Iterations; needed unless the algorithm's schedule ends by itself. */
  readonly steps?: number;
  /** Examples per batch. Default 64. */
  readonly batch?: number;
  /** Default 0. The same seed gives the same run, to the bit, on the same backend. */
  readonly seed?: number;
  /** Folder for config, events and checkpoints. Without it nothing is written. */
  readonly out?: string;
  /** Iterations between checkpoints; there is one at the end, too. Default 500. */
  readonly checkpointEvery?: number;
  /** false: every epoch in the data's own order, as some published code reads it. Default true. */
  readonly shuffle?: boolean;
  /** Checkpoints that are kept. Default 3. */
  readonly keep?: number;
  /** Names of the packages that the plugins came from, noted in `config.json` for those who resume. */
  readonly plugins?: readonly string[];
}

/** `options` may be left out only where every option has a default. */
export type StartOptions<Input = unknown, BackendId extends string = string> = StartBase<BackendId> &
  (Record<never, never> extends Input ? { readonly options?: Input } : { readonly options: Input });

/** What may be said when a run is resumed or opened; all of it is known from the folder otherwise. */
export interface ResumeOptions<BackendId extends string = string> extends SessionOptions<BackendId> {
  /** `latest` (default), `previous` (the good one before the latest), or an id such as `step-000200`. */
  readonly checkpoint?: string;
  /** Needed where the run's dataset was not made by a registered module. */
  readonly data?: Dataset | Promise<Dataset>;
  /** Needed where the algorithm's options are not JSON. */
  readonly options?: unknown;
  /** A new end. */
  readonly steps?: number;
}

/** What `createGanymede` makes: plugins, indexed and checked, and the runs they allow. Frozen. */
export interface Ganymede<M extends Module = Module> {
  readonly modules: readonly M[];
  readonly plugins: readonly Plugin[];
  readonly services: Container;
  /** Whole ids, of one kind or of all. */
  ids(kind?: Kind): readonly string[];
  /** The whole id for an id or short id from outside. Throws `GANYMEDE_UNKNOWN_…`, `GANYMEDE_AMBIGUOUS_ID`. */
  resolve(kind: Kind, id: string): string;
  /** The module of an id or short id. */
  module<Id extends IdOf<M>>(id: Id): ById<M>[Id];
  /** Creates: as calling the module itself. Throws `GANYMEDE_OPTION`. */
  create<Id extends IdOf<M>>(id: Id, ...args: CreateArguments<ById<M>[Id]>): CreateResult<ById<M>[Id]>;
  /** {@link create} for ids and options from outside the type system: a config file, a command line. */
  make<K extends Kind>(
    kind: K,
    id: string,
    options?: unknown,
    services?: Kinds[K]['services'],
  ): Kinds[K]['result'];
  /** A new value with one plugin more; this one stays as it is. */
  use<P extends Plugin>(plugin: P): Ganymede<M | ModulesOf<P>>;
  /**
   * Makes a run, ready to `advance()`. Throws `GANYMEDE_UNKNOWN_ALGORITHM`, `GANYMEDE_OPTION`, `GANYMEDE_NO_BACKEND`,
   * `GANYMEDE_UNKNOWN_BACKEND`, `GANYMEDE_STEPS`, `GANYMEDE_BATCH_TOO_LARGE`, `GANYMEDE_RUN_EXISTS`, `GANYMEDE_RUN_LOCKED`.
   */
  start<Id extends IdOf<M, 'algorithm'>>(
    algorithm: Id,
    options: StartOptions<InputOf<ById<M>[Id & keyof ById<M>]>, IdOf<M, 'backend'>>,
  ): Promise<Run>;
  /** {@link start}, trained to its end. Dispose it when nothing more is wanted of it. */
  train<Id extends IdOf<M, 'algorithm'>>(
    algorithm: Id,
    options: StartOptions<InputOf<ById<M>[Id & keyof ById<M>]>, IdOf<M, 'backend'>>,
  ): Promise<Run>;
  /**
   * Goes on with the run in a folder, exactly as if it had not been interrupted. Throws `GANYMEDE_NO_RUN`,
   * `GANYMEDE_CHECKPOINT_CORRUPT`, `GANYMEDE_UNKNOWN_CHECKPOINT`, `GANYMEDE_DATA_CHANGED`, `GANYMEDE_RUN_LOCKED`,
   * `GANYMEDE_RESUME_DATA`, `GANYMEDE_RESUME_OPTIONS`, and what {@link start} throws.
   */
  resume(folder: string, options?: ResumeOptions<IdOf<M, 'backend'>>): Promise<Run>;
  /**
   * Opens a run's checkpoint to sample, evaluate and export, also while it is training. Writes nothing. Where the data cannot be
   * made again, the run's dataset has only what `config.json` tells, and reading it throws `GANYMEDE_RESUME_DATA`.
   */
  open(folder: string, options?: ResumeOptions<IdOf<M, 'backend'>>): Promise<Run>;
}

export type { Services };
