import type { StandardSchemaV1 } from '@standard-schema/spec';
import { GanymedeError } from '@ganymede/tensor';
import type { Kind, Kinds, Module, Reference } from './module.js';
import type { Backend, DeviceReport } from './backend.js';
import type { Dataset } from './dataset.js';
import { validateOptions } from './validate-options.js';

const brand = Symbol.for('@ganymede/core/module');

/** What `define…` wants. `create` gets validated, completed options (and, for an algorithm, the services). */
export interface ModuleDefinition<
  K extends Kind,
  Id extends string,
  Schema extends StandardSchemaV1,
  Result extends Kinds[K]['result'],
> {
  /** `@scope/package/name`; unique in a program, used in config files and on the command line. */
  readonly id: Id;
  /** One line for `ganymede list`. */
  readonly summary: string;
  /** A Standard Schema (zod) for an object of options; every property documented and, where possible, with a default. */
  readonly options: Schema;
  /** The paper, equations and ranges, where the module is from the literature. */
  readonly reference?: Reference;
  /** Ids of modules that must be registered beside this one. */
  readonly requires?: readonly string[];
  /** Backends only: which devices can be used on this machine. */
  readonly devices?: () => Promise<readonly DeviceReport[]>;
  create(options: StandardSchemaV1.InferOutput<Schema>, services: Kinds[K]['services']): Result;
}

function checkId(kind: Kind, id: string): void {
  if (/^@[a-z0-9][\w.-]*(\/[\w.-]+){1,2}$/.test(id)) return;
  throw new GanymedeError('GANYMEDE_MODULE_ID', {
    message: `expected a ${kind} id of the form "@scope/package/name", received "${id}"`,
    hint: 'use the package name and a kebab-case name, such as "@acme/ganymede-tiny/tiny"',
  });
}

function define<
  K extends Kind,
  Id extends string,
  Schema extends StandardSchemaV1,
  Result extends Kinds[K]['result'],
>(kind: K, definition: ModuleDefinition<K, Id, Schema, Result>): Module<K, Id, Schema, Result> {
  const { id, summary, options: schema, requires = [], devices, reference } = definition;
  checkId(kind, id);
  const make = (options: unknown, services: unknown): Result =>
    definition.create(validateOptions(id, schema, options), services as Kinds[K]['services']);
  const call = (...args: readonly unknown[]): Result => make(args[0], args[1]);
  const properties = { kind, id, summary, options: schema, requires, '~make': make };
  Object.defineProperty(call, 'name', { value: id });
  Object.defineProperty(call, brand, { value: true });
  const given = {
    ...(devices === undefined ? {} : { devices }),
    ...(reference === undefined ? {} : { reference }),
  };
  return Object.freeze(Object.assign(call, properties, given));
}

/** Whether `x` is a module, of any loaded copy of core. */
export const isModule = (x: unknown): x is Module => typeof x === 'function' && brand in x;

/** Declares an adversarial loss. Errors of all `define…` makers: `GANYMEDE_MODULE_ID`; of the modules: `GANYMEDE_OPTION`. */
export const defineLoss = <Id extends string, S extends StandardSchemaV1, R extends Kinds['loss']['result']>(
  definition: ModuleDefinition<'loss', Id, S, R>,
): Module<'loss', Id, S, R> => define('loss', definition);

/** Declares a regularizer of the discriminator. */
export const defineRegularizer = <
  Id extends string,
  S extends StandardSchemaV1,
  R extends Kinds['regularizer']['result'],
>(
  definition: ModuleDefinition<'regularizer', Id, S, R>,
): Module<'regularizer', Id, S, R> => define('regularizer', definition);

/** Declares an optimizer. */
export const defineOptimizer = <
  Id extends string,
  S extends StandardSchemaV1,
  R extends Kinds['optimizer']['result'],
>(
  definition: ModuleDefinition<'optimizer', Id, S, R>,
): Module<'optimizer', Id, S, R> => define('optimizer', definition);

/**
 * Declares a dataset. The dataset it makes gets `source: { id, options }` (unless it brings its own), by which a resumed run
 * makes it again.
 */
export const defineDataset = <
  Id extends string,
  S extends StandardSchemaV1,
  R extends Kinds['dataset']['result'],
>(
  definition: ModuleDefinition<'dataset', Id, S, R>,
): Module<'dataset', Id, S, R> =>
  define('dataset', {
    ...definition,
    create: (options, services) =>
      withSource(definition.create(options, services), { id: definition.id, options }),
  });

function withSource<R extends Dataset | Promise<Dataset>>(
  result: R,
  source: NonNullable<Dataset['source']>,
): R {
  // The results keep their type: a promise stays a promise, and the dataset object itself is marked, not copied.
  if (result instanceof Promise) return result.then((dataset: Dataset) => withSource(dataset, source)) as R;
  const dataset = result as Dataset;
  if (dataset.source === undefined && Object.isExtensible(dataset)) {
    Object.defineProperty(dataset, 'source', { value: source, enumerable: true, configurable: true });
  }
  return result;
}

/** Declares a metric. */
export const defineMetric = <
  Id extends string,
  S extends StandardSchemaV1,
  R extends Kinds['metric']['result'],
>(
  definition: ModuleDefinition<'metric', Id, S, R>,
): Module<'metric', Id, S, R> => define('metric', definition);

/** Declares a backend; `devices` tells what can be used on this machine. An option named `device` chooses one. */
export const defineBackend = <Id extends string, S extends StandardSchemaV1>(
  definition: ModuleDefinition<'backend', Id, S, Promise<Backend>>,
): Module<'backend', Id, S> => define('backend', definition);

/** Declares a complete GAN: networks, losses, steps and their schedule. */
export const defineAlgorithm = <
  Id extends string,
  S extends StandardSchemaV1,
  R extends Kinds['algorithm']['result'],
>(
  definition: ModuleDefinition<'algorithm', Id, S, R>,
): Module<'algorithm', Id, S, R> => define('algorithm', definition);

/** {@link defineAlgorithm} in the field's own word. */
export const defineGan = defineAlgorithm;
