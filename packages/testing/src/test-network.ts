import { createRng, flattenTree, type Network, type Tree } from '@ganymede/core';
import {
  constant,
  firstNonFinite,
  grad,
  input,
  isFloating,
  numbersOf,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { describe, expect } from 'vitest';
import { checker, type Skip } from './check.js';
import { expectClose } from './expect-close.js';
import { createWorkbench } from './workbench.js';

/** Names of the checks. */
export type NetworkCheck = 'seed' | 'buffers' | 'shape' | 'named' | 'gradient' | 'inference' | 'finite';

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
  /** Checks that do not hold, each with the reason. */
  readonly skip?: Skip<NetworkCheck>;
}

/** `batch` random input samples. */
const drawInput = ({ input: shape, classes }: NetworkRow, batch: number): Value =>
  createRng(7)
    .child('input')
    .draw(
      [batch, ...shape],
      classes === undefined ? { kind: 'normal' } : { kind: 'integers', high: classes },
    );

const initialize = (row: NetworkRow, { seed = 1, stream = 'network' } = {}): Tree<Value> =>
  row.create().init(createRng(seed).child(stream), [2, ...row.input]);

const flat = (variables: Tree<Value>) =>
  Object.fromEntries(Object.entries(flattenTree(variables)).map(([path, v]) => [path, numbersOf(v)]));

/** Applies the network to `x` and returns everything that matters of it. */
function applied(
  row: NetworkRow,
  x: Value,
  { training = false, dtype = 'float64' as 'float32' | 'float64' } = {},
) {
  const network = row.create();
  const variables = initialize(row);
  const bench = createWorkbench({ training, dtype });
  const symbols = bench.symbols(variables, 'network');
  const samples = bench.symbol('x', x);
  return { network, variables, bench, symbols, samples, output: network.apply(symbols, samples, bench.ctx) };
}

/** The outputs weighted unevenly and summed: gradients of a plain sum vanish behind a normalization. */
function weightedSum(y: Tensor): Tensor {
  const shape = y.shape as readonly number[];
  const count = shape.reduce((product, d) => product * d, 1);
  const weights = valueOf(
    Array.from({ length: count }, (_, i) => Math.sin(1 + 2 * i)),
    shape,
    'float64',
  );
  return y.mul(constant(weights)).sum();
}

/**
 * The conformance suite of a network, as vitest tests: `init` depends on seed and stream alone, `buffers` names leaves, shapes for
 * several batch sizes and a named batch `N`, gradients reach every trained leaf, inference uses no noise, no batch statistics
 * and updates nothing, outputs are finite.
 */
export function testNetwork(row: NetworkRow): void {
  const check = checker<NetworkCheck>(row.skip);

  describe(`network ${row.name}`, () => {
    check('seed', 'initialises from seed and stream alone', () => {
      const first = flat(initialize(row));
      expect(flat(initialize(row))).toEqual(first);
      const otherBatch = row.create().init(createRng(1).child('network'), ['N', ...row.input]);
      expect(flat(otherBatch), 'the batch size does not matter').toEqual(first);
      const random = JSON.stringify(flat(initialize(row, { seed: 2 }))) !== JSON.stringify(first);
      const byStream = JSON.stringify(flat(initialize(row, { stream: 'other' }))) !== JSON.stringify(first);
      expect(byStream, 'a random variable differs by stream as it does by seed').toBe(random);
    });

    check('buffers', 'names its buffers, and hands on their next values in training only', () => {
      const { network, variables, bench } = applied(row, drawInput(row, 3), {
        training: true,
        dtype: 'float32',
      });
      const leaves = flattenTree(variables);
      expect(Object.keys(leaves)).toEqual(expect.arrayContaining([...network.buffers]));
      expect([...bench.bufferUpdates.keys()].sort()).toEqual([...network.buffers].sort());
      for (const [path, next] of bench.bufferUpdates) {
        expect({ dtype: next.dtype, shape: next.shape }, path).toEqual({
          dtype: leaves[path]?.dtype,
          shape: leaves[path]?.shape,
        });
      }
    });

    check('shape', 'gives the declared shape for batches of 2 and 5, training or not', () => {
      for (const batch of [2, 5]) {
        for (const training of [false, true]) {
          const { bench, output } = applied(row, drawInput(row, batch), { training });
          expect(output.shape).toEqual([batch, ...row.output]);
          expect(bench.evaluate([output])[0]?.shape).toEqual([batch, ...row.output]);
        }
      }
    });

    check('named', 'takes a named batch dimension outside training', () => {
      const { network, bench, symbols, output } = applied(row, drawInput(row, 3));
      const dtype = row.classes === undefined ? 'float64' : 'int32';
      const named = network.apply(symbols, input('named', ['N', ...row.input], dtype), bench.ctx);
      expect(named.shape).toEqual(['N', ...row.output]);
      const [fixed, free] = bench.evaluate([output, named], { feeds: { named: drawInput(row, 3) } });
      expectClose(free as Value, fixed as Value, 1e-12, 'output');
    });

    check('gradient', 'lets gradients reach every trained variable', () => {
      const { network, bench, symbols, output } = applied(row, drawInput(row, 4), { training: true });
      const trained = Object.entries(flattenTree(symbols)).filter(
        ([path]) => !network.buffers.includes(path),
      );
      if (trained.length === 0) return;
      const gradients = grad(
        weightedSum(output),
        trained.map(([, leaf]) => leaf),
      ) as readonly Tensor[];
      const values = bench.evaluate(gradients);
      for (const [i, [path, leaf]] of trained.entries()) {
        expect(values[i]?.shape, path).toEqual(leaf.shape);
        expect(firstNonFinite(values[i] as Value), `first non-finite element of ${path}`).toBe(-1);
        expect(
          Math.max(...numbersOf(values[i] as Value).map(Math.abs)),
          `gradient of ${path}`,
        ).toBeGreaterThan(0);
      }
    });

    check('inference', 'treats each sample on its own outside training, without noise or updates', () => {
      const all = drawInput(row, 4);
      const { bench, output } = applied(row, all);
      expect(bench.noise).toEqual([]);
      expect([...bench.bufferUpdates.keys()]).toEqual([]);
      const together = numbersOf(bench.evaluate([output])[0] as Value);
      const size = all.data.length / 4;
      const alone = Array.from({ length: 4 }, (_, i) => {
        const one = {
          ...all,
          shape: [1, ...row.input],
          data: all.data.slice(i * size, (i + 1) * size),
        } as Value;
        const single = applied(row, one);
        return numbersOf(single.bench.evaluate([single.output])[0] as Value);
      });
      expectClose(alone.flat(), together, 1e-9, 'output');
    });

    check('finite', 'gives finite float32 outputs for large inputs', () => {
      const plain = drawInput(row, 2);
      const large = isFloating(plain.dtype)
        ? valueOf(
            numbersOf(plain).map((v) => v * 1e3),
            plain.shape,
          )
        : plain;
      for (const training of [false, true]) {
        const { bench, output } = applied(row, large, { training, dtype: 'float32' });
        expect(firstNonFinite(bench.evaluate([output])[0] as Value), 'first non-finite element').toBe(-1);
      }
    });
  });
}
