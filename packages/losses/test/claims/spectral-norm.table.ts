import { createRng, type Network, type Tree } from '@ganymede/core';
import { dense, leakyRelu, sequential, spectralNorm } from '@ganymede/nn';
import { constant, grad, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, createWorkbench, finiteDifferences, once } from '@ganymede/testing';
import { Matrix, SVD } from 'ml-matrix';

const [rows, columns] = [64, 128];
/** A kernel [64, 128] with singular values 1, 0.9, 0.9²…, as trained layers' fall, times 3: two random rotations around them. */
const kernel = once((): Value => {
  const random = (name: string, n: number) => {
    const numbers = numbersOf(createRng(8).child(name).draw([n, n], { kind: 'normal' }));
    return new SVD(Matrix.from1DArray(n, n, numbers)).leftSingularVectors;
  };
  const spectrum = Matrix.zeros(rows, columns);
  for (let i = 0; i < rows; i++) spectrum.set(i, i, 3 * 0.9 ** i);
  const product = random('left', rows).mmul(spectrum).mmul(random('right', columns).transpose());
  return valueOf(product.to1DArray(), [rows, columns], 'float64');
});
const largest = (numbers: readonly number[]): number =>
  new SVD(Matrix.from1DArray(rows, columns, [...numbers]), { autoTranspose: true }).diagonal[0] as number;

/** A layer's variables after `count` training passes over a batch. */
function iterate(network: Network, initial: Tree<Value>, width: number, count: number): Tree<Value> {
  let variables = initial;
  const bench = createWorkbench({ training: true });
  const symbols = bench.symbols(variables, 'd');
  network.apply(
    symbols,
    constant(valueOf(new Array<number>(width).fill(1), [1, width], 'float64')),
    bench.ctx,
  );
  const updates = [...bench.bufferUpdates];
  for (let i = 0; i < count; i++) {
    const flat = (tree: Tree<Value>): Record<string, Value> =>
      Object.fromEntries(leaves(tree).map(([path, v]) => [`d/${path}`, v]));
    const next = bench.evaluate(
      updates.map(([, y]) => y),
      { feeds: flat(variables) },
    );
    updates.forEach(([path], k) => {
      variables = replaced(variables, path.split('/'), next[k] as Value);
    });
  }
  return variables;
}
const leaves = (tree: Tree<Value>, prefix = ''): (readonly [string, Value])[] =>
  Object.entries(tree).flatMap(([name, node]) =>
    'dtype' in node
      ? [[prefix + name, node as Value] as const]
      : leaves(node as Tree<Value>, `${prefix}${name}/`),
  );
const replaced = (tree: Tree<Value>, [head = '', ...rest]: readonly string[], value: Value): Tree<Value> => ({
  ...tree,
  [head]: rest.length === 0 ? value : replaced(tree[head] as Tree<Value>, rest, value),
});

const layer = spectralNorm(dense(columns, { bias: false }));
/** The layer's variables after 50 iterations. */
const settled = once((): Tree<Value> => {
  const { u } = layer.init(createRng(1), ['N', rows]) as { readonly u: Value };
  return iterate(layer, { kernel: kernel(), u }, rows, 50);
});
/** The kernel that the layer applies: what it makes of the unit vectors. */
function applied(bench = createWorkbench()): { readonly w: Tensor; readonly kernel: Tensor } {
  const symbols = bench.symbols(settled(), 'd');
  const identity = Matrix.eye(rows, rows).to1DArray();
  const w = layer.apply(symbols, constant(valueOf(identity, [rows, rows], 'float64')), bench.ctx);
  return { w, kernel: symbols.kernel as Tensor };
}
const normalized = once(() => {
  const bench = createWorkbench();
  return numbersOf(bench.evaluate([applied(bench).w])[0] as Value);
});

/** L = Σ c ∘ W_SN² / 2, its gradient for the kernel, and the same by the paper's formula and by differences through an SVD. */
const gradients = once(() => {
  const bench = createWorkbench();
  const { w, kernel: symbol } = applied(bench);
  const c = numbersOf(createRng(3).draw([rows, columns], { kind: 'uniform', low: 0, high: 1 }));
  const loss = w
    .square()
    .mul(constant(valueOf(c, [rows, columns], 'float64')))
    .sum()
    .mul(0.5);
  const [found] = bench.evaluate(grad(loss, [symbol])).map(numbersOf) as [number[]];
  const full = numbersOf(kernel());
  const svd = new SVD(Matrix.from1DArray(rows, columns, full), { autoTranspose: true });
  const sigma = svd.diagonal[0] as number;
  const [u, v] = [svd.leftSingularVectors.getColumn(0), svd.rightSingularVectors.getColumn(0)];
  const g = full.map((x, i) => (c[i] as number) * (x / sigma));
  const inner = g.reduce((sum, x, i) => sum + (x * (full[i] as number)) / sigma, 0);
  const formula = g.map(
    (x, i) => (x - inner * (u[Math.floor(i / columns)] as number) * (v[i % columns] as number)) / sigma,
  );
  const only = Array.from({ length: 12 }, (_, i) => 683 * i);
  const lossOf = (at: Value): number => {
    const numbers = numbersOf(at);
    const top = largest(numbers);
    return numbers.reduce((sum, x, i) => sum + ((c[i] as number) * (x / top) ** 2) / 2, 0);
  };
  const numeric = finiteDifferences(lossOf, kernel(), { only });
  const scale = Math.max(...formula.map(Math.abs));
  return {
    formula: Math.max(...found.map((x, i) => Math.abs(x - (formula[i] as number)))) / scale,
    differences:
      Math.max(...only.map((i, k) => Math.abs((found[i] as number) - (numeric[k] as number)))) / scale,
  };
});

/** The steepest of 10 000 pairs on a normalized network 2-64-64-1. */
function steepestPair(): number {
  const network = sequential(
    ...[64, 64].flatMap((n) => [spectralNorm(dense(n)), leakyRelu(0.2)]),
    spectralNorm(dense(1)),
  );
  const variables = iterate(network, network.init(createRng(2), ['N', 2]), 2, 50);
  const bench = createWorkbench();
  const draw = (name: string) => createRng(5).child(name).draw([10_000, 2], { kind: 'normal', std: 2 });
  const [x, y] = [draw('x'), draw('y')];
  const symbols = bench.symbols(variables, 'd');
  const f = (name: string, points: Value) => network.apply(symbols, bench.symbol(name, points), bench.ctx);
  const [fx, fy] = bench.evaluate([f('x', x), f('y', y)]).map(numbersOf) as [number[], number[]];
  const [a, b] = [numbersOf(x), numbersOf(y)];
  const way = (i: number) =>
    Math.hypot(
      (a[2 * i] as number) - (b[2 * i] as number),
      (a[2 * i + 1] as number) - (b[2 * i + 1] as number),
    );
  return Math.max(...fx.map((value, i) => Math.abs(value - (fy[i] as number)) / way(i)));
}

const about = 'Spectral normalization (Miyato et al. 2018)';
/** Rows about spectral normalization. */
export const spectralNormRows: readonly ClaimRow[] = [
  {
    about,
    claim:
      'after 50 iterations σ of a 64 × 128 kernel, whose singular values fall by a tenth each, is the SVD’s largest: relative difference',
    expected: { below: 1e-5 },
    measure: () =>
      Math.abs(
        (numbersOf(kernel())[0] as number) / (normalized()[0] as number) / largest(numbersOf(kernel())) - 1,
      ),
  },
  {
    about,
    claim: 'the spectral norm of W/σ',
    expected: { exact: 1, tolerance: 1e-3 },
    measure: () => largest(normalized()),
  },
  {
    about,
    claim: 'the gradient is (G − ⟨G, W/σ⟩ u vᵀ)/σ (eq. 12): largest difference over the largest element',
    expected: { below: 1e-4 },
    measure: () => gradients().formula,
  },
  {
    about,
    claim: 'and that of finite differences through an SVD',
    expected: { below: 1e-4 },
    measure: () => gradients().differences,
  },
  {
    about,
    claim: 'a normalized leaky ReLU network 2-64-64-1: the steepest of 10 000 random pairs',
    expected: { below: 1.001 },
    measure: steepestPair,
  },
];
