import { valueOf } from '@ganymede/tensor';
import type { JointLossRow, Workbench } from '@ganymede/testing';
import { auxiliaryClassifier } from './auxiliary-classifier.js';
import { featureMatching } from './feature-matching.js';
import { relativistic } from './relativistic.js';
import { relativisticAverage } from './relativistic-average.js';
import { relaxedWasserstein } from './relaxed-wasserstein.js';
import { scaledBregman } from './scaled-bregman.js';
import { semiSupervised } from './semi-supervised.js';
import { softmaxGan } from './softmax-gan.js';

type Numbers = readonly number[];
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sum = (list: Numbers) => list.reduce((total, x) => total + x, 0);
const mean = (list: Numbers) => sum(list) / list.length;
const logSumExp = (list: Numbers) => {
  const largest = Math.max(...list);
  return largest + Math.log(sum(list.map((x) => Math.exp(x - largest))));
};
const rows = (list: Numbers, width: number) =>
  Array.from({ length: list.length / width }, (_, i) => list.slice(i * width, (i + 1) * width));

const margins = {
  'cross-entropy': (x: number) => softplus(-x),
  hinge: (x: number) => Math.max(0, 1 - x),
  'least-squares': (x: number) => (x - 1) ** 2,
} as const;
const forms = Object.keys(margins) as (keyof typeof margins)[];

const pairs = forms.map((form): JointLossRow => {
  const better = (x: Numbers, y: Numbers) => mean(x.map((a, i) => margins[form](a - (y[i] as number))));
  return {
    name: `relativistic, ${form}`,
    create: () => relativistic({ form }),
    discriminator: better,
    generator: better,
  };
});
const averages = forms.map((form): JointLossRow => {
  const h = margins[form];
  const better = (x: Numbers, y: Numbers) =>
    mean(x.map((a) => h(a - mean(y)))) + mean(y.map((b) => h(mean(x) - b)));
  return {
    name: `relativisticAverage, ${form}`,
    create: () => relativisticAverage({ form }),
    discriminator: better,
    generator: better,
  };
});

const classes = { real: [0.3, -1, 2, 0, 1, -0.5], fake: [1, 1.5, -2, 0.2, -0.4, 0.1, 0.5, 3, -1] };
const labels = { real: [2, 0], fake: [1, 0, 2] };
const crossEntropy = (side: 'real' | 'fake') =>
  mean(rows(classes[side], 3).map((l, i) => logSumExp(l) - (l[labels[side][i] as number] as number)));
const features = { real: [0.5, -1, 2, 0, 1.5, 3], fake: [1, 1, -2, 0.5, 0.25, -1, 2, 4] };
const columnMeans = (list: Numbers) => [0, 1].map((k) => mean(list.filter((_, i) => i % 2 === k)));
const featureDistance = () => {
  const [real, fake] = [columnMeans(features.real), columnMeans(features.fake)];
  return mean(real.map((x, i) => (x - (fake[i] as number)) ** 2));
};
const numbers = (list: Numbers, width: number) => valueOf(list, [list.length / width, width], 'float64');
const sides = (bench: Workbench, name: string, of: Record<'real' | 'fake', Numbers>, width: number) => ({
  real: bench.symbol(`${name}/real`, numbers(of.real, width)),
  fake: bench.symbol(`${name}/fake`, numbers(of.fake, width)),
});
const classInput = (bench: Workbench) => ({
  classes: sides(bench, 'classes', classes, 3),
  labels: {
    real: bench.symbol('labels/real', valueOf(labels.real, undefined, 'int32')),
    fake: bench.symbol('labels/fake', valueOf(labels.fake, undefined, 'int32')),
  },
  features: sides(bench, 'features', features, 2),
});
const fooled = (real: Numbers, fake: Numbers) =>
  mean(real.map((x) => softplus(-x))) + mean(fake.map((x) => softplus(x)));
const realness = (list: Numbers, width = 4) => rows(list, width).map((row) => logSumExp(row));

/** Eight samples of two positive numbers per side. */
const samples = {
  real: [0.2, 1, 0.7, 0.4, 1.3, 0.1, 2, 0.9, 0.5, 0.6, 1.1, 1.7, 0.3, 2.2, 0.8, 1.4],
  fake: [1.2, 0.3, 0.9, 1.9, 0.15, 0.7, 1.6, 1.5, 2.1, 0.45, 0.35, 1.05, 1.8, 0.25, 0.65, 0.55],
};
const costs = {
  'half-square': (x: number, y: number) => (x - y) ** 2 / 2,
  'neg-entropy': (x: number, y: number) => x * Math.log(x / y) - x + y,
  burg: (x: number, y: number) => x / y - Math.log(x / y) - 1,
} as const;
const costNames = Object.keys(costs) as (keyof typeof costs)[];
const transports = costNames.map((cost): JointLossRow => {
  const [xs, ys] = [rows(samples.real, 2), rows(samples.fake, 2)];
  const distance = (x: Numbers, y: Numbers) => sum(x.map((a, k) => costs[cost](a, y[k] as number)));
  const conjugate = (u: Numbers) =>
    mean(ys.map((y) => Math.min(...xs.map((x, i) => distance(x, y) - (u[i] as number)))));
  return {
    name: `relaxedWasserstein, ${cost}`,
    create: () => relaxedWasserstein({ cost }),
    input: (bench) => ({ samples: sides(bench, 'samples', samples, 2) }),
    discriminator: (real) => -mean(real) - conjugate(real),
    generator: (_, real) => conjugate(real),
  };
});

const base = [0.3, -0.2, 1, 0.5, -1.5, 0.1];
const ratioLosses = costNames.map((phi): JointLossRow => {
  const column = (list: Numbers, k: number) => rows(list, 2).map((row) => row[k] as number);
  const tell = (above: Numbers, below: Numbers) => fooled(above, below);
  return {
    name: `scaledBregman, ${phi}`,
    create: () => scaledBregman({ phi }),
    columns: 2,
    input: (bench) => ({ base: bench.symbol('base', numbers(base, 2)) }),
    discriminator: (real, fake) =>
      tell(column(real, 0), column(base, 0)) + tell(column(fake, 1), column(base, 1)),
    generator: () => mean(rows(base, 2).map(([p = 0, q = 0]) => costs[phi](Math.exp(p), Math.exp(q)))),
  };
});

/** One row per loss whose logits meet each other, or that looks at more than logits. A new loss is a new row here. */
export const jointLossTable: readonly JointLossRow[] = [
  ...pairs,
  ...averages,
  {
    name: 'softmaxGan',
    create: () => softmaxGan(),
    discriminator: (real, fake) => logSumExp([...real, ...fake]) - mean(real),
    generator: (fake, real) => logSumExp([...real, ...fake]) - mean([...real, ...fake]),
  },
  {
    name: 'auxiliaryClassifier',
    create: () => auxiliaryClassifier({ weight: 2, fakeWeight: 0.3 }),
    input: classInput,
    discriminator: (real, fake) =>
      fooled(real, fake) + 2 * (crossEntropy('real') + 0.3 * crossEntropy('fake')),
    generator: (fake) => mean(fake.map((x) => softplus(-x))) + 2 * crossEntropy('fake'),
  },
  {
    name: 'auxiliaryClassifier, hinge',
    create: () => auxiliaryClassifier({ adversarial: 'hinge' }),
    input: classInput,
    discriminator: (real, fake) =>
      mean(real.map((x) => Math.max(0, 1 - x))) +
      mean(fake.map((x) => Math.max(0, 1 + x))) +
      crossEntropy('real') +
      crossEntropy('fake'),
    generator: (fake) => crossEntropy('fake') - mean(fake),
  },
  {
    name: 'featureMatching',
    create: () => featureMatching({ weight: 3, adversarialWeight: 0.5 }),
    input: classInput,
    discriminator: fooled,
    generator: (fake) => 3 * featureDistance() + 0.5 * mean(fake.map((x) => softplus(-x))),
  },
  {
    name: 'featureMatching, alone',
    create: () => featureMatching(),
    input: classInput,
    discriminator: fooled,
    generator: featureDistance,
  },
  {
    name: 'semiSupervised',
    create: () => semiSupervised(),
    columns: 4,
    input: classInput,
    discriminator: (real, fake) => crossEntropy('real') + fooled(realness(real), realness(fake)) / 2,
    generator: featureDistance,
  },
  {
    name: 'semiSupervised, weighted',
    create: () => semiSupervised({ supervisedWeight: 3, unlabelledWeight: 2 }),
    columns: 2,
    input: classInput,
    discriminator: (real, fake) =>
      3 * crossEntropy('real') + 2 * fooled(realness(real, 2), realness(fake, 2)),
    generator: featureDistance,
  },
  {
    name: 'semiSupervised, without labels',
    create: () => semiSupervised({ supervisedWeight: 0, unlabelledWeight: 1, generator: 'non-saturating' }),
    columns: 4,
    discriminator: (real, fake) => fooled(realness(real), realness(fake)),
    generator: (fake) => mean(realness(fake).map((z) => softplus(-z))),
  },
  ...transports,
  ...ratioLosses,
];
