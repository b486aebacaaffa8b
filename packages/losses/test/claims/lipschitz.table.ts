import { createRng, flattenTree, type Regularizer } from '@ganymede/core';
import { conv2d, dense, flatten, leakyRelu, sequential } from '@ganymede/nn';
import { grad, matmul, numbersOf, scalarOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, createWorkbench, finiteDifferences } from '@ganymede/testing';
import { dragan, gradientPenalty } from '../../src/index.js';

const lp = 'WGAN-LP (Petzka et al. 2018)';
const width = 3;

/** A penalty at the critic w·x, and the largest derivative of it for w. */
function atLinear(regularizer: Regularizer, slope: number, fakeScale = 1) {
  const bench = createWorkbench({ training: true });
  const draw = (name: string) => createRng(2).child(name).draw([5, width], { kind: 'normal' });
  const direction = [2 / 7, -3 / 7, 6 / 7];
  const w = bench.symbol(
    'w',
    valueOf(
      direction.map((x) => slope * x),
      [width, 1],
      'float64',
    ),
  );
  const real = bench.symbol('real', draw('real'));
  const fake = bench.symbol('fake', draw('fake')).mul(fakeScale);
  const discriminate = (x: Tensor) => matmul(x, w);
  const penalty = regularizer.penalty({
    discriminate,
    real,
    fake,
    realLogits: discriminate(real),
    fakeLogits: discriminate(fake),
    ctx: bench.ctx,
  });
  const [value, slopes] = bench.evaluate([penalty, ...grad(penalty, [w])]) as [Value, Value];
  return { value: scalarOf(value), steepest: Math.max(...numbersOf(slopes).map(Math.abs)) };
}

/** ‖∇f‖ of a ReLU network 2-16-16-1 at a point, by forward and backward passes of its own. */
function slopeAt(layers: readonly (readonly (readonly number[])[])[], x: readonly number[]): number {
  let active = x;
  const masks: number[][] = [];
  for (const [i, layer] of layers.entries()) {
    const sums = layer.map((row) => row.reduce((sum, w, k) => sum + w * (active[k] as number), 0));
    const last = i === layers.length - 1;
    masks.push(sums.map((s) => (last || s > 0 ? 1 : 0)));
    active = last ? sums : sums.map((s) => Math.max(s, 0));
  }
  let back: number[] = [1];
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i] as readonly (readonly number[])[];
    const gated = back.map((g, r) => g * ((masks[i] as number[])[r] as number));
    back = (layer[0] as readonly number[]).map((_, k) =>
      layer.reduce((sum, row, r) => sum + (gated[r] as number) * (row[k] as number), 0),
    );
  }
  return Math.hypot(...back);
}

/** Largest relative error of the penalty's gradient for a kernel, through convolution and leaky ReLU, by finite differences. */
function differences(): number {
  const critic = sequential(
    conv2d(4, { kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    conv2d(8, { kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    flatten(),
    dense(1),
  );
  const bench = createWorkbench({ training: true });
  const variables = critic.init(createRng(1), ['N', 1, 8, 8]);
  const symbols = bench.symbols(variables, 'd');
  const draw = (name: string) => createRng(2).child(name).draw([3, 1, 8, 8], { kind: 'normal' });
  const [real, fake] = [bench.symbol('real', draw('real')), bench.symbol('fake', draw('fake'))];
  const discriminate = (x: Tensor) => critic.apply(symbols, x, bench.ctx);
  const penalty = gradientPenalty().penalty({
    discriminate,
    real,
    fake,
    realLogits: discriminate(real),
    fakeLogits: discriminate(fake),
    ctx: bench.ctx,
  });
  const errors = Object.entries(flattenTree<Value>(variables))
    .filter(([path]) => path.endsWith('kernel'))
    .flatMap(([path, kernel]) => {
      const symbol = flattenTree<Tensor>(symbols)[path] as Tensor;
      const only = [0, 1, 2, 3].map((i) => Math.floor((i * kernel.data.length) / 4));
      const at = (v: Value) =>
        scalarOf(bench.evaluate([penalty], { feeds: { [`d/${path}`]: v } })[0] as Value);
      const numeric = finiteDifferences(at, valueOf(numbersOf(kernel), kernel.shape, 'float64'), { only });
      const exact = numbersOf(bench.evaluate(grad(penalty, [symbol]))[0] as Value);
      const scale = Math.max(...exact.map(Math.abs));
      return only.map((i, k) => Math.abs((exact[i] as number) - (numeric[k] as number)) / scale);
    });
  return Math.max(...errors);
}

const c = 0.1;
/** Best slope of 4000 networks with weights clipped to ±c at random points, over that of Proposition 4's network. */
function bestClipped(): number {
  const shapes = [
    [16, 2],
    [16, 16],
    [1, 16],
  ] as const;
  const layersOf = (draw: (i: number) => number) => {
    let i = 0;
    return shapes.map(([rows, columns]) =>
      Array.from({ length: rows }, () => Array.from({ length: columns }, () => draw(i++))),
    );
  };
  const size = shapes.reduce((sum, [rows, columns]) => sum + rows * columns, 0);
  let best = 0;
  for (let n = 0; n < 4000; n++) {
    const rng = createRng(11).child(String(n));
    // Half of them at the corners of the box, where large slopes are.
    const drawn = numbersOf(rng.draw([size], { kind: 'uniform', low: -1, high: 1 }));
    const layers = layersOf((i) =>
      n % 2 === 0 ? c * (drawn[i] as number) : c * Math.sign(drawn[i] as number),
    );
    best = Math.max(best, slopeAt(layers, numbersOf(rng.child('x').draw([2], { kind: 'normal' }))));
  }
  return best / (Math.SQRT2 * c * 16 * c * 16 * c);
}

/** The slope of the network of Proposition 4: constant columns ±c first, then all c. */
function statedSlope(): number {
  const first = Array.from({ length: 16 }, () => [c, c]);
  const second = Array.from({ length: 16 }, () => new Array<number>(16).fill(c));
  return slopeAt([first, second, [new Array<number>(16).fill(c)]], [1, 0.5]);
}

/** Rows about penalties that are measured at once. */
export const lipschitzRows: readonly ClaimRow[] = [
  {
    about: 'DRAGAN (Kodali et al. 2017)',
    claim: 'on w·x with |w| = 2.5 the penalty is λ (|w| − 1)²',
    expected: { exact: 22.5, tolerance: 1e-9 },
    measure: () => atLinear(dragan(), 2.5).value,
  },
  {
    about: 'DRAGAN (Kodali et al. 2017)',
    claim: 'and does not change when generated samples do',
    expected: { below: 1e-15 },
    measure: () => Math.abs(atLinear(dragan(), 2.5).value - atLinear(dragan(), 2.5, 100).value),
  },
  {
    about: 'WGAN-GP (Gulrajani et al. 2017)',
    claim:
      'the penalty’s gradient through convolutions and leaky ReLU against finite differences: largest error, relative',
    expected: { below: 1e-4 },
    measure: differences,
  },
  {
    about: lp,
    claim: 'a critic of slope 0.9 pays nothing and is not moved: penalty plus largest derivative',
    expected: { below: 1e-15 },
    measure() {
      const { value, steepest } = atLinear(gradientPenalty({ oneSided: true }), 0.9);
      return value + steepest;
    },
  },
  {
    about: lp,
    claim: 'where the two-sided penalty moves it: largest derivative',
    expected: { above: 1 },
    measure: () => atLinear(gradientPenalty(), 0.9).steepest,
  },
  {
    about: lp,
    claim: 'a constant critic pays nothing',
    expected: { exact: 0, tolerance: 0 },
    measure: () => atLinear(gradientPenalty({ oneSided: true }), 0).value,
  },
  {
    about: lp,
    claim: 'but λ with the two-sided penalty',
    expected: { exact: 10, tolerance: 1e-12 },
    measure: () => atLinear(gradientPenalty(), 0).value,
  },
  {
    about: 'Weight clipping (Petzka et al. 2018, proposition 4)',
    claim: 'the stated 2-16-16-1 network has slope √2 c · 16 c · 16 c: the quotient',
    expected: { exact: 1, tolerance: 1e-12 },
    measure: () => statedSlope() / (Math.SQRT2 * c * 16 * c * 16 * c),
  },
  {
    about: 'Weight clipping (Petzka et al. 2018, proposition 4)',
    claim: 'which 4000 random clipped networks never beat: the best of them over it',
    expected: { below: 1 },
    measure: bestClipped,
  },
];
