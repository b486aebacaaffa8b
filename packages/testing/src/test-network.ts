import { flattenTree, treePaths } from '@ganymede/core';
import {
  constant,
  decodeOnnx,
  encodeOnnx,
  evaluate,
  firstNonFinite,
  GanymedeError,
  grad,
  graph,
  numbersOf,
  optimize,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { describe, expect } from 'vitest';
import { checker } from './check.js';
import { expectClose } from './expect-close.js';
import {
  applied,
  appliedFree,
  built,
  drawFeeds,
  enlarged,
  initialize,
  type NetworkCheck,
  type NetworkRow,
  numbersByPath,
  prefixed,
  rowOf,
} from './network/network-row.js';

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

/** The network as an ONNX file with open sizes, read again: its output beside that of the program it was made from. */
function exported(row: NetworkRow, feeds: Readonly<Record<string, Value>>) {
  const { bench, variables, output } = appliedFree(row, '', 'float32');
  const program = optimize(graph({ outputs: { y: output } }));
  const read = new Set(program.inputs.map((x) => x.attributes.name));
  const weights = Object.entries(flattenTree(variables, 'network')).filter(([path]) => read.has(path));
  const bytes = encodeOnnx(program, { initializers: Object.fromEntries(weights) });
  const file = decodeOnnx(bytes);
  const given = Object.entries(feeds).filter(([name]) => read.has(name));
  const { y } = evaluate(file.outputs, { ...file.initializers, ...Object.fromEntries(given) });
  const [expected] = bench.evaluate([output], { feeds });
  return { file: y as Value, program: expected as Value, inputs: file.inputs };
}

/**
 * The conformance suite of a network, as vitest tests: `init` depends on seed and stream alone, `paths` and `buffers` name leaves,
 * shapes for several batch sizes, a named batch `N` and other named sizes, gradients reach every trained leaf, inference uses no
 * noise, no batch statistics and updates nothing, outputs are finite, an ONNX file computes the same, bad inputs are refused.
 */
export function testNetwork(row: NetworkRow): void {
  const check = checker<NetworkCheck>(row.skip);

  describe(`network ${row.name}`, () => {
    check('seed', 'initialises from seed and stream alone', () => {
      const first = numbersByPath(initialize(row));
      expect(numbersByPath(initialize(row))).toEqual(first);
      expect(numbersByPath(initialize(row, { batch: 'N' })), 'the batch size does not matter').toEqual(first);
      const differs = (other: ReturnType<typeof initialize>) =>
        JSON.stringify(numbersByPath(other)) !== JSON.stringify(first);
      expect(
        differs(initialize(row, { stream: 'other' })),
        'a random variable differs by stream as it does by seed',
      ).toBe(differs(initialize(row, { seed: 2 })));
    });

    if (row.paths !== undefined) {
      check('paths', 'has the declared variables', () => {
        expect(treePaths(initialize(row))).toEqual(row.paths);
      });
    }

    check('buffers', 'names its buffers, and hands on their next values in training only', () => {
      const { network, variables, bench } = applied(row, drawFeeds(row, 3), {
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
          const { bench, output } = applied(row, drawFeeds(row, batch), { training });
          expect(output.shape).toEqual([batch, ...row.output]);
          expect(bench.evaluate([output])[0]?.shape).toEqual([batch, ...row.output]);
        }
      }
    });

    check('named', 'takes a named batch dimension outside training, and other named sizes', () => {
      const feeds = drawFeeds(row, 3);
      const { bench, output } = applied(row, feeds);
      const named = appliedFree(row, 'named/', 'float64');
      expect(named.output.shape).toEqual(['N', ...(row.free?.output ?? row.output)]);
      const [free] = named.bench.evaluate([named.output], { feeds: prefixed(feeds, 'named/') });
      const [fixed] = bench.evaluate([output]);
      expectClose(free as Value, fixed as Value, 1e-12, 'output');
    });

    check('gradient', 'lets gradients reach every trained variable', () => {
      const { network, bench, symbols, output } = applied(row, drawFeeds(row, 4), { training: true });
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
        const largest = Math.max(...numbersOf(values[i] as Value).map(Math.abs));
        if (row.still?.includes(path)) expect(largest, `gradient of ${path}`).toBeLessThan(1e-12);
        else expect(largest, `gradient of ${path}`).toBeGreaterThan(1e-12);
      }
    });

    check('inference', 'treats each sample on its own outside training, without noise or updates', () => {
      const all = drawFeeds(row, 4);
      const { bench, output } = applied(row, all);
      expect(bench.noise).toEqual([]);
      expect([...bench.bufferUpdates.keys()]).toEqual([]);
      const together = numbersOf(bench.evaluate([output])[0] as Value);
      const alone = Array.from({ length: 4 }, (_, i) => {
        const single = applied(row, rowOf(all, i));
        return numbersOf(single.bench.evaluate([single.output])[0] as Value);
      });
      expectClose(alone.flat(), together, 1e-9, 'output');
    });

    check('finite', 'gives finite float32 outputs for large inputs', () => {
      for (const training of [false, true]) {
        const { bench, output } = applied(row, enlarged(drawFeeds(row, 2)), { training, dtype: 'float32' });
        expect(firstNonFinite(bench.evaluate([output])[0] as Value), 'first non-finite element').toBe(-1);
      }
    });

    check('export', 'computes the same from an ONNX file with open sizes', () => {
      const { file, program, inputs } = exported(row, drawFeeds(row, 3));
      expectClose(file, program, 1e-6, 'output of the file');
      const open = inputs.find((x) => x.attributes.name === 'x');
      expect(open?.shape.slice(1)).toEqual(row.free?.input ?? row.input);
    });

    for (const { input: shape, code, message } of row.refuses ?? []) {
      check('refuses', `refuses an input [${shape.join(', ')}]`, () => {
        expect(() => built(row, shape)).toThrow(
          expect.toSatisfy((e) => GanymedeError.is(e, code) && e.message.includes(message)),
        );
      });
    }
  });
}
