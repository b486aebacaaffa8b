import { adam } from '@ganymede/nn';
import { constant, numbersOf, scalarOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, createWorkbench, once } from '@ganymede/testing';
import { type DivergenceName, divergences } from '../../src/index.js';
import { createTraining } from '../train.js';
import { type Density, gaussian, grid, integral, twoModes } from './quadrature.js';

const about = 'f-GAN (Nowozin et al. 2016)';
const narrow = gaussian(0, 1);
const wide = gaussian(1, 1.5);
const { x, w } = grid(-25, 25, 10_000);

/** E_P T − E_Q f*(T) at the best logits, by quadrature through the package's own activation and conjugate. */
function bound(name: DivergenceName, [p, q]: readonly [Density, Density], alpha = 0.5): number {
  const divergence = divergences[name](alpha);
  const bench = createWorkbench();
  const both = x.map((place) => [p(place), q(place)] as const);
  const logits = bench.symbol(
    'v',
    valueOf(
      both.map(([a, b]) => divergence.bestLogit(a / b)),
      undefined,
      'float64',
    ),
  );
  const weights = (k: 0 | 1) =>
    constant(
      both.map((densities, i) => (w[i] as number) * densities[k]),
      'float64',
    );
  const value = divergence
    .activation(logits)
    .mul(weights(0))
    .sum()
    .sub(divergence.conjugate(logits).mul(weights(1)).sum());
  return scalarOf(bench.evaluate([value])[0] as Value);
}

const pair = [narrow, wide] as const;
const alphaDivergence = (alpha: number) =>
  integral((t) => {
    const u = narrow(t) / wide(t);
    return (wide(t) * (u ** alpha - 1 - alpha * (u - 1))) / (alpha * (alpha - 1));
  });
const bounds: readonly (readonly [DivergenceName, string, number, number?])[] = [
  ['kl', 'KL(N(0, 1) | N(1, 1.5))', 0.34991],
  ['reverse-kl', 'the reverse KL', 0.719535],
  ['pearson', 'Pearson’s χ²', 0.600415],
  ['squared-hellinger', 'the squared Hellinger distance', 0.220731],
  ['jensen-shannon', 'twice JS', 2 * 0.0992901],
  ['gan', '2 JS − log 4, J of the best discriminator', -1.187714],
  ['jeffrey', 'Jeffrey, the sum of both KL', 0.34991 + 0.719535],
  ['total-variation', 'total variation', 0.346123],
  ['alpha', 'α = ½, twice the squared Hellinger distance', 2 * 0.220731, 0.5],
  ['alpha', 'α = 2, half of Pearson’s χ²', 0.600415 / 2, 2],
  ['alpha', 'α = 1.5, its definition', alphaDivergence(1.5), 1.5],
];

const boundRows = bounds.map(
  ([name, what, exact, alpha]): ClaimRow => ({
    about,
    claim: `the bound of ${name} at T* is ${what}`,
    expected: { exact, tolerance: 1e-4 },
    measure: () => bound(name, pair, alpha),
  }),
);

/**
 * Fits N(mean, std²) to the two modes by descent on D_f: with the best discriminator of the moment held still, the gradient of the
 * bound is that of the divergence.
 */
function fit(name: DivergenceName, mean: number): { readonly mean: number; readonly std: number } {
  const divergence = divergences[name](0);
  const { x: places, w: weights } = grid(-8, 8, 800);
  const training = createTraining({ g: { mean: valueOf([mean]), logStd: valueOf([0]) } });
  const step = training.createUpdate({
    player: 'g',
    optimizer: adam({ rate: 0.02 }),
    feeds: { logits: { dtype: 'float32', shape: [places.length] } },
    program({ g }, { logits }) {
      const { mean: m, logStd } = g as { readonly mean: Tensor; readonly logStd: Tensor };
      const distance = constant(places).sub(m).div(logStd.exp());
      const density = distance
        .square()
        .mul(-0.5)
        .sub(logStd)
        .exp()
        .mul(1 / Math.sqrt(2 * Math.PI));
      const paid = divergence
        .conjugate(logits as Tensor)
        .mul(density)
        .mul(constant(weights));
      return { loss: paid.sum().neg() };
    },
  });
  const found = () => {
    const { mean: m, logStd } = training.players.g as { readonly mean: Value; readonly logStd: Value };
    return { mean: numbersOf(m)[0] as number, std: Math.exp(numbersOf(logStd)[0] as number) };
  };
  for (let i = 0; i < 400; i++) {
    const now = found();
    const q = gaussian(now.mean, now.std);
    // Densities so small that their ratio is meaningless count for nothing in the integral.
    const ratio = (place: number) => (twoModes(place) + 1e-30) / (q(place) + 1e-30);
    const logits = places.map((place) => Math.max(-60, Math.min(60, divergence.bestLogit(ratio(place)))));
    step({ logits: valueOf(logits) });
  }
  return found();
}

const bothModes = once(() => fit('kl', 0.5));
const oneMode = once(() => fit('reverse-kl', 1.5));

/** All rows about f-divergences. */
export const divergenceRows: readonly ClaimRow[] = [
  ...boundRows,
  {
    about,
    claim: 'the bound of neyman at T* is ∫ (p − q)²/p, for N(1, 1.5) and N(0, 1)',
    expected: { exact: 0.600415, tolerance: 1e-4 },
    measure: () => bound('neyman', [wide, narrow]),
  },
  {
    about,
    claim: 'for N(0, 1) and N(1, 1.5) ∫ (q − p)²/p diverges: its part to ±20 over that to ±15',
    expected: { above: 10 },
    measure() {
      const part = (reach: number) => integral((t) => (wide(t) - narrow(t)) ** 2 / narrow(t), -reach, reach);
      return part(20) / part(15);
    },
  },
  {
    about,
    claim: 'a Gaussian fitted to ½ N(±2, 0.3²) by KL covers both modes: its variance is theirs, 4 + 0.3²',
    expected: { exact: 4.09, tolerance: 0.02 },
    measure: () => bothModes().std ** 2,
  },
  {
    about,
    claim: 'and its mean is theirs',
    expected: { exact: 0, tolerance: 0.02 },
    measure: () => bothModes().mean,
  },
  {
    about,
    claim: 'fitted by reverse KL from mean 1.5 it takes one: its standard deviation',
    expected: { exact: 0.3, tolerance: 0.01 },
    measure: () => oneMode().std,
  },
  {
    about,
    claim: 'and its mean is that mode’s',
    expected: { exact: 2, tolerance: 0.02 },
    measure: () => oneMode().mean,
  },
];
