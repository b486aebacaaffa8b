import { readFileSync } from 'node:fs';
import { flattenTree, type Network, type Tree, unflattenTree, withConditions } from '@ganymede/core';
import { constant, type Dtype, grad, isFloating, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose } from '@ganymede/testing';

interface Packed {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly data: readonly number[];
}

/** One case of a family's file in fixtures; see torch_case.py. */
export interface TorchCase {
  readonly input: Packed;
  readonly conditions: Readonly<Record<string, Packed>>;
  readonly variables: Readonly<Record<string, Packed>>;
  readonly buffers: Readonly<Record<string, Packed>>;
  readonly training: boolean;
  readonly weights: Packed;
  readonly output: Packed;
  readonly gradients: Readonly<Record<string, Packed>>;
  readonly next: Readonly<Record<string, Packed>>;
}

/** The cases of a family: `fixtures/<family>.json`. */
export const torchCases = (family: string): Readonly<Record<string, TorchCase>> =>
  JSON.parse(readFileSync(new URL(`../fixtures/${family}.json`, import.meta.url), 'utf8')) as Readonly<
    Record<string, TorchCase>
  >;

const unpack = ({ shape, data, dtype }: Packed): Value => valueOf(data, shape, dtype);

const unpackAll = (packed: Readonly<Record<string, Packed>>): Tree<Value> =>
  unflattenTree<Value>(Object.fromEntries(Object.entries(packed).map(([path, p]) => [path, unpack(p)])));

/**
 * Asserts that a network's output, the next values of its buffers, and the gradients of its input, conditions and variables are
 * PyTorch's to 1e-9.
 */
export function expectTorch(found: TorchCase, network: Network): void {
  const bench = createWorkbench({ training: found.training });
  const variables = bench.symbols(unpackAll({ ...found.variables, ...found.buffers }), 'network');
  const x = bench.symbol('x', unpack(found.input));
  const told = Object.fromEntries(
    Object.entries(found.conditions).map(([name, packed]) => [
      name,
      bench.symbol(`condition/${name}`, unpack(packed)),
    ]),
  );
  const output = network.apply(variables, x, withConditions(bench.ctx, told));
  const leaves: Record<string, Tensor> = {
    ...(isFloating(x.dtype) ? { input: x } : {}),
    ...Object.fromEntries(
      Object.keys(found.variables).map((path) => [path, flattenTree(variables)[path] as Tensor]),
    ),
    ...Object.fromEntries(
      Object.entries(told)
        .filter(([, t]) => isFloating(t.dtype))
        .map(([name, t]) => [`condition/${name}`, t]),
    ),
  };
  const loss = output.mul(constant(unpack(found.weights))).sum();
  const gradients = grad(loss, Object.values(leaves)) as readonly Tensor[];
  const buffers = Object.keys(found.next);
  const next = buffers.map((path) => bench.bufferUpdates.get(path) as Tensor);
  const [y, ...others] = bench.evaluate([output, ...next, ...gradients]);
  expectClose(y as Value, found.output.data, 1e-9, 'output');
  for (const [i, path] of buffers.entries())
    expectClose(others[i] as Value, found.next[path]?.data ?? [], 1e-9, `next value of ${path}`);
  for (const [i, path] of Object.keys(leaves).entries())
    expectClose(
      others[buffers.length + i] as Value,
      found.gradients[path]?.data ?? [],
      1e-9,
      `gradient of ${path}`,
    );
}
