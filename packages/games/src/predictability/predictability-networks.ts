import type { Network, Rng, StepContext, Tree } from '@ganymede/core';
import { compose, dense, normal, sequential, sigmoid, tanh } from '@ganymede/nn';
import { concat, type Shape, type Tensor, type Value } from '@ganymede/tensor';

/** The columns of `[N, units]`. */
export const columnsOf = (codes: Tensor): Tensor[] =>
  Array.from({ length: codes.shape[1] as number }, (_, i) => codes.slice(1, i, i + 1));

/**
 * The default code: one layer of logistic units, y = s(W x + b), with small first weights: units that start undecided find factorial codes
 * more often.
 */
export const logisticCode = (units: number): Network =>
  sequential(dense(units, { kernelInit: normal(0.05) }), sigmoid());

/**
 * One predictor per code unit, `[N, units]` to `[N, units]`: column i is what a network with `hidden` tanh units and a logistic output
 * expects of unit i, seeing all the others and never the unit itself.
 */
export const unitPredictors = (units: number, hidden: number): Network => {
  const parts = Object.fromEntries(
    Array.from({ length: units }, (_, i) => [
      `unit${i + 1}`,
      sequential(dense(hidden), tanh(), dense(1), sigmoid()),
    ]),
  );
  const others = (columns: readonly Tensor[], i: number) => columns.filter((_, j) => j !== i);
  const one = compose(
    parts,
    (networks: Readonly<Record<string, (x: Tensor) => Tensor>>, codes) => {
      const columns = columnsOf(codes);
      return concat(
        columns.map((_, i) =>
          (networks[`unit${i + 1}`] as (x: Tensor) => Tensor)(concat(others(columns, i), 1)),
        ),
        1,
      );
    },
    { name: 'predictors' },
  );
  return {
    ...one,
    init: (rng: Rng, shape: Shape): Tree<Value> =>
      Object.fromEntries(
        Object.entries(parts).map(([name, network]) => [
          name,
          network.init(rng.child(name), [shape[0] as number, units - 1]),
        ]),
      ),
    apply: (variables: Tree<Tensor>, codes: Tensor, ctx: StepContext) => one.apply(variables, codes, ctx),
  };
};
