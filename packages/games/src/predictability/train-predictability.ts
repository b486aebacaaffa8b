import {
  type Backend,
  compileStep,
  createRng,
  createStepContext,
  flattenTree,
  GanymedeError,
  type Held,
  mapTree,
  type Network,
  type Optimizer,
  type State,
  toHost,
  type Tree,
  unflattenTree,
} from '@ganymede/core';
import { adam, dense } from '@ganymede/nn';
import { evaluate, input, numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { logisticCode, unitPredictors } from './predictability-networks.js';
import { predictabilityStep } from './predictability-step.js';

/** Options of {@link trainPredictability}. */
export interface PredictabilityOptions {
  /** Code units. */
  readonly units: number;
  /** `[N, features]` to `[N, units]` in (0, 1). @defaultValue one layer of logistic units */
  readonly code?: Network;
  /** Hidden units of each predictor. @defaultValue 2 */
  readonly hidden?: number;
  /** @defaultValue 2000 */
  readonly iterations?: number;
  /** Updates of the predictors before each of the code. @defaultValue 1 */
  readonly predictorUpdates?: number;
  /** @defaultValue Adam, rate 0.01 for the code and 0.02 for the predictors */
  readonly optimizers?: { readonly code?: Optimizer; readonly predictors?: Optimizer };
  /** `maximize` as published; `minimize` reverses the code's sign. @defaultValue 'maximize' */
  readonly unpredictability?: 'maximize' | 'minimize';
  /** Weight of reconstruction by a linear decoder; 0 has none. @defaultValue 0 */
  readonly reconstruction?: number;
  /** Patterns in a batch; default: all of them, every time. */
  readonly batchSize?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
}

/** A trained code. */
export interface Predictability {
  /** Codes of patterns, one list of `units` numbers for each. */
  encode(patterns: Value): number[][];
  readonly state: State;
  /**
   * What the code minimises, over the last fifth of the training: weighted reconstruction error less V (plus V with the sign reversed).
   * Of several seeds, the one with the lowest has found the best optimum.
   */
  readonly objective: number;
  /** V, and the reconstruction error, every `every`-th iteration. */
  readonly history: readonly {
    readonly iteration: number;
    readonly metrics: Readonly<Record<string, number>>;
  }[];
}

/**
 * Predictability minimization (Schmidhuber 1992): code units y_i in (0, 1) and one predictor per unit, which sees all the others. The
 * predictors minimise V = Σ (P_i − y_i)², the units maximise the same V: the first adversarial game of two networks over a
 * representation. At the optimum each P_i is the conditional mean and no unit can be told from the others: a factorial code, which for
 * logistic units is binary. With `reconstruction`, the code must also keep what a linear decoder needs.
 *
 * `patterns` float32 `[count, features]`. Throws `GANYMEDE_SHAPE` on others and on fewer than two units, and what the backend throws.
 */
export async function trainPredictability(
  patterns: Value,
  backend: Backend,
  options: PredictabilityOptions,
): Promise<Predictability> {
  const {
    units,
    hidden = 2,
    iterations = 2000,
    predictorUpdates = 1,
    seed = 1,
    reconstruction = 0,
  } = options;
  const [count = 0, features = 0] = patterns.shape;
  if (patterns.shape.length !== 2 || patterns.dtype !== 'float32' || count < 2 || units < 2)
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `predictability: expected float32 patterns [count, features] and two units at least, received ${patterns.dtype} [${patterns.shape.join(', ')}] and ${units}`,
      hint: 'one row for each pattern; a unit alone has nothing to be predicted from',
    });
  const batchSize = options.batchSize ?? count;
  const code = options.code ?? logisticCode(units);
  const predictors = unitPredictors(units, hidden);
  const decoder = reconstruction === 0 ? undefined : dense(features);
  const optimizers = {
    code: options.optimizers?.code ?? adam({ rate: 0.01 }),
    predictors: options.optimizers?.predictors ?? adam({ rate: 0.02 }),
  };
  const rng = createRng(seed).child('predictability');
  const variables = {
    code: code.init(rng.child('code'), [batchSize, features]),
    ...(decoder && { decoder: decoder.init(rng.child('decoder'), [batchSize, units]) }),
  };
  const predicting = predictors.init(rng.child('predictors'), [batchSize, units]);
  const start: State = {
    ...flattenTree<Value>(variables),
    ...flattenTree<Value>(predicting, 'predictors'),
    ...flattenTree<Value>(optimizers.code.init(variables), 'optimizer/code'),
    ...flattenTree<Value>(optimizers.predictors.init(predicting), 'optimizer/predictors'),
  };
  const step = predictabilityStep(
    {
      code,
      predictors,
      ...(decoder && { decoder }),
      optimizers,
      predictorUpdates,
      sign: options.unpredictability === 'minimize' ? -1 : 1,
      reconstruction,
    },
    { dtype: 'float32', shape: [batchSize, features] },
  );
  const compiled = await compileStep(step, start, backend);
  const history: { iteration: number; metrics: Readonly<Record<string, number>> }[] = [];
  let held: ReadonlyMap<string, Held> = new Map(Object.entries(start));
  try {
    for (let i = 0; i < iterations; i++) {
      const batch = {
        patterns:
          batchSize === count
            ? patterns
            : rowsOf(patterns, rng.child('batch').draw([batchSize], { kind: 'integers', high: count }, i)),
      };
      const { updates, report } = await compiled.run({ state: held, batch, rng: rng.child('step'), call: i });
      held = new Map([...held, ...updates]);
      if (i % 10 === 0 || i === iterations - 1) history.push({ iteration: i + 1, metrics: report.metrics });
    }
    const entries = [...held].map(async ([path, entry]) => [path, await toHost(entry)] as const);
    const state: State = Object.fromEntries(await Promise.all(entries));
    const sign = options.unpredictability === 'minimize' ? 1 : -1;
    const late = history.slice(-Math.ceil(history.length / 5)).map(({ metrics }) => {
      const { unpredictability: v = Number.NaN, reconstruction: error = 0 } = metrics;
      return sign * v + reconstruction * error;
    });
    return {
      encode: (wanted) => encode(code, unflattenTree(state, 'code'), wanted),
      state,
      objective: late.reduce((sum, x) => sum + x, 0) / late.length,
      history,
    };
  } finally {
    await compiled.dispose();
  }
}

function rowsOf(patterns: Value, indices: Value): Value {
  const width = patterns.shape[1] as number;
  const all = numbersOf(patterns);
  const rows = numbersOf(indices).flatMap((i) => all.slice(i * width, (i + 1) * width));
  return valueOf(rows, [indices.data.length, width]);
}

function encode(code: Network, variables: Tree<Value>, patterns: Value): number[][] {
  const x = input('patterns', patterns.shape, patterns.dtype);
  const symbols = mapTree(variables, (v, path) => input(`code/${path}`, v.shape, v.dtype));
  const { ctx } = createStepContext({ training: false });
  const { codes } = evaluate(
    { codes: code.apply(symbols, x, ctx) },
    { patterns, ...flattenTree(variables, 'code') },
  );
  const flat = numbersOf(codes);
  const units = flat.length / (patterns.shape[0] as number);
  return Array.from({ length: patterns.shape[0] as number }, (_, i) =>
    flat.slice(i * units, (i + 1) * units),
  );
}
