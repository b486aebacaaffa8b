import { readFileSync } from 'node:fs';
import { flattenTree, type Network, type Tree, unflattenTree } from '@ganymede/core';
import { constant, grad, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, type Workbench } from '@ganymede/testing';

interface Packed {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** One case of fixtures/layers.json; see layers.py. */
export interface LayerFixture {
  readonly input: Packed;
  readonly variables: Readonly<Record<string, Packed>>;
  readonly weights: Packed;
  readonly output: Packed;
  readonly gradients: Readonly<Record<string, Packed>>;
  readonly mean?: Packed;
  readonly variance?: Packed;
  readonly largest?: Readonly<Record<string, number>>;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));

export const layerFixtures = read('layers.json') as Readonly<Record<string, LayerFixture>>;

export const layerFixture = (name: string): LayerFixture => layerFixtures[name] as LayerFixture;

interface OptimizerFixture {
  readonly initial: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly after: Readonly<Record<string, readonly (readonly number[])[]>>;
}

/** fixtures/optimizers.json; see optimizers.py. */
export const optimizerFixtures = read('optimizers.json') as OptimizerFixture;

/** fixtures/optimizer-steps.json; see optimizer_steps.py. */
export const optimizerSteps = read('optimizer-steps.json') as OptimizerFixture;

export const unpack = ({ shape, data }: Packed): Value => valueOf(data, shape, 'float64');

export interface FixtureOptions {
  readonly training?: boolean;
  /** Variables besides the fixture's. */
  readonly extra?: Readonly<Record<string, Value>>;
}

/** Asserts that a network's output, and the gradients of its input and variables, are PyTorch's to 1e-9. */
export function expectFixture(
  name: string,
  network: Network,
  { training = false, extra = {} }: FixtureOptions = {},
): Workbench {
  const fixture = layerFixture(name);
  const bench = createWorkbench({ training });
  const values = Object.entries(fixture.variables).map(([path, packed]) => [path, unpack(packed)] as const);
  const trained = bench.symbols(unflattenTree<Value>(Object.fromEntries(values)), 'network');
  const others = bench.symbols(extra as Tree<Value>, 'extra');
  const x = bench.symbol('x', unpack(fixture.input));
  const output = network.apply({ ...trained, ...others }, x, bench.ctx);
  const leaves = flattenTree(trained);
  const gradients = grad(output.mul(constant(unpack(fixture.weights))).sum(), [x, ...Object.values(leaves)]);
  const [found, ...slopes] = bench.evaluate([output, ...gradients]);
  expectClose(found as Value, fixture.output.data, 1e-9, 'output');
  for (const [i, path] of ['input', ...Object.keys(leaves)].entries()) {
    expectClose(slopes[i] as Value, fixture.gradients[path]?.data ?? [], 1e-9, `gradient of ${path}`);
  }
  return bench;
}
