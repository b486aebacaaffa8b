import {
  createRng,
  flattenTree,
  mapTree,
  type Optimizer,
  type Tree,
  unflattenTree,
  zipTrees,
} from '@ganymede/core';
import { numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect } from 'vitest';
import { checker, type Skip } from './check.js';
import { createWorkbench } from './workbench.js';

/** Names of the checks. */
export type OptimizerCheck = 'form' | 'still' | 'resume' | 'descent';

/** An optimizer to be checked. */
export interface OptimizerRow {
  readonly name: string;
  create(): Optimizer;
  /** Steps in which the loss ½·‖p‖² must fall to a tenth from ‖p‖ of about 4. @defaultValue 200 */
  readonly steps?: number;
  /** Checks that do not hold, each with the reason. */
  readonly skip?: Skip<OptimizerCheck>;
}

interface Trained {
  readonly params: Tree<Value>;
  readonly slots: Tree<Value>;
}

/** Parameters of several ranks, nested. */
const startingParams = (): Tree<Value> => {
  const draw = (name: string, shape: readonly number[]) =>
    createRng(5).child(name).draw(shape, { kind: 'normal' });
  return {
    scalar: draw('scalar', []),
    dense1: { kernel: draw('kernel', [3, 2]), bias: draw('bias', [2]) },
    conv1: { kernel: draw('conv', [2, 1, 2, 2]) },
  };
};

/** One step as a program of its own, so that nothing but `params` and `slots` can be carried on. */
function advance(
  optimizer: Optimizer,
  { params, slots }: Trained,
  gradientOf: (p: Tensor, path: string) => Tensor,
  call: number,
): Trained {
  const bench = createWorkbench({ training: true, dtype: 'float32' });
  const symbols = bench.symbols(params, 'params');
  const gradients = mapTree(symbols, gradientOf);
  const result = optimizer.update(gradients, bench.symbols(slots, 'slots'), symbols, bench.ctx);
  const next = zipTrees<[Tensor, Tensor], Tensor>([symbols, result.updates], ([p, u]) => p.add(u));
  const evaluated = (tree: Tree<Tensor>): Tree<Value> => {
    const flat = flattenTree(tree);
    const values = bench.evaluate(Object.values(flat), { call });
    return unflattenTree(Object.fromEntries(Object.keys(flat).map((path, i) => [path, values[i] as Value])));
  };
  return { params: evaluated(next), slots: evaluated(result.slots) };
}

/** ½·Σ a·p² with curvatures a between 0.5 and 2. */
const bowl = (p: Tensor, path: string): Tensor => p.mul(0.5 + (path.length % 4) * 0.5);

const numbers = (tree: Tree<Value>) => Object.values(flattenTree(tree)).flatMap(numbersOf);
const halfSquare = (tree: Tree<Value>) => numbers(tree).reduce((sum, x) => sum + (x * x) / 2, 0);

const begin = (row: OptimizerRow): Trained => {
  const params = startingParams();
  return { params, slots: row.create().init(params) };
};

/**
 * The conformance suite of an optimizer, as vitest tests: slots keep their form, a zero gradient moves nothing from the start,
 * all memory is in the slots, and it descends.
 */
export function testOptimizer(row: OptimizerRow): void {
  const check = checker<OptimizerCheck>(row.skip);

  describe(`optimizer ${row.name}`, () => {
    check('form', 'keeps the paths, dtypes and shapes of slots and parameters', () => {
      const form = (tree: Tree<Value>) =>
        Object.fromEntries(Object.entries(flattenTree(tree)).map(([path, v]) => [path, [v.dtype, v.shape]]));
      const start = begin(row);
      const next = advance(row.create(), start, bowl, 0);
      expect(form(next.slots)).toEqual(form(start.slots));
      expect(form(next.params)).toEqual(form(start.params));
    });

    check('still', 'moves nothing from the start where gradients are zero', () => {
      const start = begin(row);
      let trained = start;
      for (let call = 0; call < 3; call++) trained = advance(row.create(), trained, (p) => p.mul(0), call);
      expect(numbers(trained.params)).toEqual(numbers(start.params));
    });

    check('resume', 'remembers through its slots alone', () => {
      const optimizer = row.create();
      let uninterrupted = begin(row);
      for (let call = 0; call < 6; call++) uninterrupted = advance(optimizer, uninterrupted, bowl, call);
      let resumed = begin(row);
      for (let call = 0; call < 6; call++) {
        const copy = (tree: Tree<Value>) => mapTree(tree, (v) => valueOf(numbersOf(v), v.shape, v.dtype));
        resumed = advance(
          row.create(),
          { params: copy(resumed.params), slots: copy(resumed.slots) },
          bowl,
          call,
        );
      }
      expect(numbers(resumed.params)).toEqual(numbers(uninterrupted.params));
      expect(numbers(resumed.slots)).toEqual(numbers(uninterrupted.slots));
    });

    check('descent', 'descends a quadratic to a tenth', () => {
      const { steps = 200 } = row;
      let trained = begin(row);
      const before = halfSquare(trained.params);
      for (let call = 0; call < steps; call++) trained = advance(row.create(), trained, bowl, call);
      expect(halfSquare(trained.params)).toBeLessThan(before / 10);
    });
  });
}
