import { readFileSync } from 'node:fs';
import type { Loss, LossInput, Regularizer } from '@ganymede/core';
import { grad, matmul, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, type Workbench } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import {
  auxiliaryClassifier,
  consistency,
  dragan,
  featureMatching,
  fGan,
  gradientPenalty,
  hinge,
  leastSquares,
  lecam,
  lipschitz,
  maxGradientPenalty,
  minimax,
  nonSaturating,
  orthogonal,
  pathLength,
  r1,
  r2,
  relativistic,
  relativisticAverage,
  relaxedWasserstein,
  scaledBregman,
  semiSupervised,
  smoothedLabels,
  softmaxGan,
  wasserstein,
} from '../src/index.js';

interface Packed {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
type PackedTree = Readonly<Record<string, Packed>>;
/** fixtures/losses.json; see losses.py. */
const torch = JSON.parse(readFileSync(new URL('../fixtures/losses.json', import.meta.url), 'utf8')) as {
  readonly losses: Readonly<
    Record<
      string,
      {
        readonly inputs: PackedTree;
        readonly discriminator: number;
        readonly generator: number;
        readonly discriminatorGradients: PackedTree;
        readonly generatorGradients: PackedTree;
      }
    >
  >;
  readonly penalties: Readonly<
    Record<
      string,
      {
        readonly params: PackedTree;
        readonly inputs: PackedTree;
        readonly penalty: number;
        readonly gradients: PackedTree;
      }
    >
  >;
};

const losses: Readonly<Record<string, () => Loss>> = {
  minimax: () => minimax(),
  'non-saturating': () => nonSaturating(),
  'smoothed-labels': () => smoothedLabels({ real: 0.9, fake: 0.1 }),
  'least-squares': () => leastSquares(),
  'least-squares (-1, 1, 0)': () => leastSquares({ a: -1, b: 1, c: 0 }),
  hinge: () => hinge(),
  wasserstein: () => wasserstein(),
  'lipschitz exp': () => lipschitz({ phi: 'exp' }),
  'lipschitz sqrt': () => lipschitz({ phi: 'sqrt', generator: 'phi' }),
  'lipschitz log-sigmoid': () => lipschitz(),
  'lipschitz hinge': () => lipschitz({ phi: 'hinge', generator: 'phi' }),
  'f-gan kl': () => fGan(),
  'f-gan kl exact': () => fGan({ generator: 'exact' }),
  'f-gan reverse-kl': () => fGan({ divergence: 'reverse-kl' }),
  'f-gan pearson': () => fGan({ divergence: 'pearson' }),
  'f-gan neyman': () => fGan({ divergence: 'neyman' }),
  'f-gan squared-hellinger': () => fGan({ divergence: 'squared-hellinger' }),
  'f-gan jensen-shannon': () => fGan({ divergence: 'jensen-shannon' }),
  'f-gan gan': () => fGan({ divergence: 'gan' }),
  'f-gan jeffrey': () => fGan({ divergence: 'jeffrey' }),
  'f-gan total-variation': () => fGan({ divergence: 'total-variation' }),
  'f-gan alpha 0.5': () => fGan({ divergence: 'alpha' }),
  'f-gan alpha 1.5': () => fGan({ divergence: 'alpha', alpha: 1.5 }),
  'f-gan alpha -1': () => fGan({ divergence: 'alpha', alpha: -1 }),
  'relativistic cross-entropy': () => relativistic(),
  'relativistic hinge': () => relativistic({ form: 'hinge' }),
  'relativistic least-squares': () => relativistic({ form: 'least-squares' }),
  'relativistic-average cross-entropy': () => relativisticAverage(),
  'relativistic-average hinge': () => relativisticAverage({ form: 'hinge' }),
  'relativistic-average least-squares': () => relativisticAverage({ form: 'least-squares' }),
  'softmax-gan': () => softmaxGan(),
  'auxiliary-classifier': () => auxiliaryClassifier({ weight: 2, fakeWeight: 0.5 }),
  'feature-matching': () => featureMatching(),
  'semi-supervised': () => semiSupervised(),
  'relaxed-wasserstein half-square': () => relaxedWasserstein(),
  'relaxed-wasserstein neg-entropy': () => relaxedWasserstein({ cost: 'neg-entropy' }),
  'relaxed-wasserstein burg': () => relaxedWasserstein({ cost: 'burg' }),
  'scaled-bregman half-square': () => scaledBregman({ phi: 'half-square' }),
  'scaled-bregman neg-entropy': () => scaledBregman(),
  'scaled-bregman burg': () => scaledBregman({ phi: 'burg' }),
};

const penalties: Readonly<Record<string, () => Regularizer>> = {
  'gradient-penalty': () => gradientPenalty(),
  'gradient-penalty one-sided': () => gradientPenalty({ oneSided: true }),
  dragan: () => dragan(),
  'max-gradient-penalty': () => maxGradientPenalty(),
  'max-gradient-penalty buffer': () => maxGradientPenalty({ buffer: 0.2 }),
  r1: () => r1(),
  r2: () => r2(),
  orthogonal: () => orthogonal(),
  'orthogonal unit rows': () => orthogonal({ offDiagonal: false }),
  lecam: () => lecam(),
  consistency: () => consistency({ augmentations: ['noise'] }),
  'path-length': () => pathLength(),
};

const unpack = ({ shape, data }: Packed, name: string): Value =>
  valueOf(data, shape, name.startsWith('labels/') ? 'int32' : 'float64');

function symbols(bench: Workbench, packed: PackedTree): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(
    Object.entries(packed)
      .filter(([name]) => !name.startsWith('noise/'))
      .map(([name, x]) => [name, bench.symbol(name, unpack(x, name))]),
  );
}

/** `a/real` and `a/fake` as one. */
const sides = (x: Readonly<Record<string, Tensor>>, name: string) => ({
  ...(x[`${name}/real`] && { real: x[`${name}/real`] }),
  ...(x[`${name}/fake`] && { fake: x[`${name}/fake`] }),
});

function expectGradients(
  bench: Workbench,
  y: Tensor,
  x: Readonly<Record<string, Tensor>>,
  expected: PackedTree,
  feeds: Readonly<Record<string, Value>> = {},
) {
  const names = Object.keys(expected);
  const found = bench.evaluate(
    grad(
      y,
      names.map((name) => x[name] as Tensor),
    ),
    { feeds },
  );
  for (const [i, name] of names.entries()) {
    expectClose(found[i] as Value, (expected[name] as Packed).data, tolerance, `gradient for ${name}`);
  }
}

const tolerance = 1e-9;

describe('losses equal PyTorch’s from its own definitions', () => {
  it('all of them are there', () => {
    expect(Object.keys(losses)).toEqual(Object.keys(torch.losses));
    expect(Object.keys(penalties)).toEqual(Object.keys(torch.penalties));
  });

  it.each(Object.entries(losses))('%s', (name, create) => {
    const expected = torch.losses[name];
    if (expected === undefined) throw new Error(`no fixture of ${name}`);
    const bench = createWorkbench();
    const x = symbols(bench, expected.inputs);
    const [real, fake] = [x.real, x.fake] as [Tensor, Tensor];
    const input: LossInput = {
      classes: sides(x, 'classes'),
      labels: sides(x, 'labels'),
      features: sides(x, 'features'),
      samples: sides(x, 'samples'),
      ...(x.base && { base: x.base }),
    };
    const loss = create();
    const [d, g] = [loss.discriminator(real, fake, input), loss.generator(fake, real, input)];
    const [discriminator, generator] = bench.evaluate([d, g]) as [Value, Value];
    expectClose(discriminator, expected.discriminator, tolerance, 'discriminator');
    expectClose(generator, expected.generator, tolerance, 'generator');
    expectGradients(bench, d, x, expected.discriminatorGradients);
    expectGradients(bench, g, x, expected.generatorGradients);
  });
});

describe('penalties equal PyTorch’s', () => {
  it.each(Object.entries(penalties))('%s', (name, create) => {
    const expected = torch.penalties[name];
    if (expected === undefined) throw new Error(`no fixture of ${name}`);
    const bench = createWorkbench({ training: true });
    const x = symbols(bench, expected.inputs);
    const params = symbols(bench, expected.params);
    const [hidden, bias, out] = [params.hidden, params.bias, params.out] as [Tensor, Tensor, Tensor];
    const discriminate = (y: Tensor) => matmul(matmul(y, hidden).add(bias).tanh(), out);
    const real = x.real as Tensor;
    const fake = x.latent === undefined ? (x.fake as Tensor) : discriminate(x.latent);
    const state = Object.entries(x)
      .filter(([key]) => key.startsWith('state/'))
      .map(([key, value]) => [key.replace('state/', ''), value] as const);
    const regularizer = create();
    const penalty = regularizer.penalty({
      discriminate,
      real,
      fake,
      realLogits: discriminate(real),
      fakeLogits: x.latent === undefined ? discriminate(fake) : fake,
      ctx: bench.ctx,
      params: { hidden: { kernel: hidden, bias }, out: { kernel: out } },
      ...(x.latent && { latent: x.latent }),
      ...(state.length > 0 && { state: Object.fromEntries(state) }),
    });
    const feeds = Object.fromEntries(
      Object.entries(expected.inputs)
        .filter(([key]) => key.startsWith('noise/'))
        .map(([key, { shape, data }]) => [key, valueOf(data, shape)]),
    );
    expect(bench.noise.map((spec) => spec.name)).toEqual(Object.keys(feeds));
    expectClose(bench.evaluate([penalty], { feeds })[0] as Value, expected.penalty, tolerance, 'penalty');
    expectGradients(bench, penalty, params, expected.gradients, feeds);
  });
});
