import {
  type ConditionTypes,
  createRng,
  createStepContext,
  flattenTree,
  mapTree,
  type Network,
  type Tree,
  withConditions,
} from '@ganymede/core';
import {
  type Dim,
  input,
  isFloating,
  numbersOf,
  type Shape,
  type Tensor,
  type TensorType,
  type Value,
} from '@ganymede/tensor';
import type { Skip } from '../check.js';
import { createWorkbench } from '../workbench.js';

/** Names of the checks. */
export type NetworkCheck =
  | 'seed'
  | 'paths'
  | 'buffers'
  | 'shape'
  | 'named'
  | 'gradient'
  | 'inference'
  | 'finite'
  | 'export'
  | 'refuses';

/** One sample of an input or a condition, without the batch dimension. */
export interface SampleSpec {
  readonly shape: readonly number[];
  /** Integers on [0, `classes`) instead of normal numbers. */
  readonly classes?: number;
}

/** An input that `init` or `apply` must refuse. */
export interface RefusedInput {
  /** With the batch dimension. */
  readonly input: Shape;
  readonly code: string;
  /** Part of the message. */
  readonly message: string;
}

/** A network to be checked. */
export interface NetworkRow {
  readonly name: string;
  /** Makes it, each time anew. */
  create(): Network;
  /** Shape of one input sample, without the batch dimension. */
  readonly input: readonly number[];
  /** Shape of one output sample. */
  readonly output: readonly number[];
  /** Inputs are integers on [0, `classes`) instead of normal numbers. */
  readonly classes?: number;
  /** What it is told besides, by name. */
  readonly conditions?: Readonly<Record<string, SampleSpec>>;
  /** Sizes that an exported network leaves open: input and output sample, such as `[3, 'H*2', 'W*2']` to `[8, 'H', 'W']`. */
  readonly free?: { readonly input: Shape; readonly output: Shape };
  /** Paths of its variables, in order, where the row pins them. */
  readonly paths?: readonly string[];
  /** Trained variables that cannot change the output (a bias before a normalization): their gradients must be 0, the others' not. */
  readonly still?: readonly string[];
  /** Inputs that it does not take. */
  readonly refuses?: readonly RefusedInput[];
  /** Checks that do not hold, each with the reason. */
  readonly skip?: Skip<NetworkCheck>;
}

const drawSample = (stream: string, { shape, classes }: SampleSpec, batch: number): Value =>
  createRng(7)
    .child(stream)
    .draw(
      [batch, ...shape],
      classes === undefined ? { kind: 'normal' } : { kind: 'integers', high: classes },
    );

const specOf = ({ input: shape, classes }: NetworkRow): SampleSpec => ({
  shape,
  ...(classes === undefined ? {} : { classes }),
});

/** Values of the input and the conditions of a row, by the names of the graph's inputs. */
export type Fed = Readonly<Record<string, Value>>;

const conditionName = (name: string): string => `condition/${name}`;

/** `batch` random input samples and conditions. */
export const drawFeeds = (row: NetworkRow, batch: number): Fed => ({
  x: drawSample('input', specOf(row), batch),
  ...Object.fromEntries(
    Object.entries(row.conditions ?? {}).map(([name, spec]) => [
      conditionName(name),
      drawSample(name, spec, batch),
    ]),
  ),
});

/** Row `i` of every value. */
export const rowOf = (feeds: Fed, i: number): Fed =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, v]) => {
      const size = v.data.length / (v.shape[0] ?? 1);
      const data = v.data.slice(i * size, (i + 1) * size);
      return [name, { ...v, shape: [1, ...v.shape.slice(1)], data } as Value];
    }),
  );

const typesFor = (row: NetworkRow, batch: Dim): ConditionTypes =>
  Object.fromEntries(
    Object.entries(row.conditions ?? {}).map(([name, { shape, classes }]) => [
      name,
      { dtype: classes === undefined ? 'float32' : 'int32', shape: [batch, ...shape] },
    ]),
  );

/** The row's variables, made for a batch of this size or name. */
export const initialize = (
  row: NetworkRow,
  { seed = 1, stream = 'network', batch = 2 as Dim } = {},
): Tree<Value> =>
  row.create().init(createRng(seed).child(stream), [batch, ...row.input], typesFor(row, batch));

/** Numbers of every variable, by path. */
export const numbersByPath = (variables: Tree<Value>) =>
  Object.fromEntries(Object.entries(flattenTree(variables)).map(([path, v]) => [path, numbersOf(v)]));

/** Applies the network to `feeds` and returns everything that matters of it. */
export function applied(
  row: NetworkRow,
  feeds: Fed,
  { training = false, dtype = 'float64' as 'float32' | 'float64' } = {},
) {
  const network = row.create();
  const variables = initialize(row);
  const bench = createWorkbench({ training, dtype });
  const symbols = bench.symbols(variables, 'network');
  const samples = bench.symbol('x', feeds.x as Value);
  const told = conditionsFrom(row, (name) =>
    bench.symbol(conditionName(name), feeds[conditionName(name)] as Value),
  );
  const output = network.apply(symbols, samples, withConditions(bench.ctx, told));
  return { network, variables, bench, symbols, samples, output };
}

const conditionsFrom = (
  row: NetworkRow,
  symbol: (name: string) => Tensor,
): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(Object.keys(row.conditions ?? {}).map((name) => [name, symbol(name)]));

/** The network outside training with a named batch, and named sizes where the row has them: inputs begin with `prefix`. */
export function appliedFree(row: NetworkRow, prefix: string, dtype: 'float32' | 'float64') {
  const network = row.create();
  const bench = createWorkbench({ dtype });
  const variables = initialize(row);
  const symbols = bench.symbols(variables, 'network');
  const specs = row.conditions ?? {};
  const typed = (classes: number | undefined) => (classes === undefined ? dtype : 'int32');
  const x = input(`${prefix}x`, ['N', ...(row.free?.input ?? row.input)], typed(row.classes));
  const told = conditionsFrom(row, (name) => {
    const { shape, classes } = specs[name] as SampleSpec;
    return input(`${prefix}${conditionName(name)}`, ['N', ...shape], typed(classes));
  });
  const output = network.apply(symbols, x, withConditions(bench.ctx, told));
  return { network, variables, bench, output };
}

/** Makes the network for inputs of `shape`, batch dimension included, and applies it. Nothing is computed. */
export function built(row: NetworkRow, shape: Shape): Tensor {
  const network = row.create();
  const batch = shape[0] ?? 1;
  const types = typesFor(row, batch);
  const variables = network.init(createRng(1), shape, types);
  const symbols = mapTree(variables, (v, path) => input(path, v.shape, v.dtype));
  const told = conditionsFrom(row, (name) => {
    const type = types[name] as TensorType;
    return input(conditionName(name), type.shape, type.dtype);
  });
  const x = input('x', shape, row.classes === undefined ? 'float32' : 'int32');
  const { ctx } = createStepContext({ training: false });
  return network.apply(symbols, x, withConditions(ctx, told));
}

/** The feeds under names that begin with `prefix`, floating ones in `dtype` left to the workbench. */
export const prefixed = (feeds: Fed, prefix: string): Fed =>
  Object.fromEntries(Object.entries(feeds).map(([name, v]) => [`${prefix}${name}`, v]));

/** Inputs a thousand times as large, where they are floating. */
export const enlarged = (feeds: Fed): Fed => {
  const x = feeds.x as Value;
  if (!isFloating(x.dtype)) return feeds;
  const data = Float32Array.from(numbersOf(x), (v) => v * 1e3);
  return { ...feeds, x: { dtype: 'float32', shape: x.shape, data } };
};
