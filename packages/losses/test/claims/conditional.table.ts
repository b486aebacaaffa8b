import process from 'node:process';
import { ortBackend } from '@ganymede/backend-ort';
import { createRng, type StepContext, withoutTraining } from '@ganymede/core';
import { trainClassifier } from '@ganymede/metrics';
import {
  adam,
  batchNorm,
  conv2d,
  convTranspose2d,
  dense,
  flatten,
  leakyRelu,
  relu,
  reshape,
  schedules,
  sequential,
  tanh,
} from '@ganymede/nn';
import { concat, numbersOf, oneHot, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, once } from '@ganymede/testing';
import { nonSaturating } from '../../src/index.js';
import { createOrtTraining, type StepTools } from '../train-on-ort.js';
import { digitBatches, digits, digitTypes, lacksMnist, largestColumns } from './mnist.js';

const [steps, batch, asked, latent] = [600, 100, 1000, 100];

const generate = (apply: StepTools['apply'], labels: Tensor, count: number, ctx: StepContext): Tensor => {
  const z = ctx.noise('latent', [count, latent], { kind: 'uniform', low: -1, high: 1 });
  return apply('g', concat([z, oneHot(labels, 10, 'float32')], 1), { ctx });
};
const up = (filters: number) => convTranspose2d(filters, { kernel: 4, stride: 2 });
const down = (filters: number) => [conv2d(filters, { kernel: 4, stride: 2 }), leakyRelu(0.2)];
/** The generator is told the class beside the noise; the discriminator has a logit for all classes and one for each. */
const networks = {
  g: sequential(
    ...[dense(49 * 64), reshape([64, 7, 7]), batchNorm(), relu()],
    ...[up(32), batchNorm(), relu(), up(1), tanh()],
  ),
  d: sequential(...down(32), ...down(64), flatten(), dense(11)),
};

/** Trains on 60 000 digits, asks for 100 of each class, and has a classifier say what came. */
const trained = once(async () => {
  const data = await digits();
  const rate = schedules.linear({ from: 3e-4, to: 15e-6, steps });
  const optimizer = adam({ rate, beta1: 0.5 });
  const training = await createOrtTraining({
    g: { network: networks.g, optimizer, shape: [batch, latent + 10] },
    d: { network: networks.d, optimizer, shape: [batch, 1, 28, 28] },
  });
  const step = await training.add({
    name: 'train',
    batch: digitTypes(batch),
    program({ apply, ctx, batch: { images, labels } }) {
      const y = labels as Tensor;
      const fake = generate(apply, y, batch, ctx);
      // Projection (Miyato and Koyama 2018): f(x, y) = (w + v of the class) · features.
      const taken = oneHot(y.add(1), 11, 'float32').add(oneHot(y.mul(0), 11, 'float32'));
      const judge = (x: Tensor) =>
        apply('d', x.reshape([batch, 1, 28, 28]))
          .mul(taken)
          .sum(1);
      const loss = nonSaturating();
      const d = loss.discriminator(judge(images as Tensor), judge(fake.stopGradient()));
      return { losses: { d, g: loss.generator(judge(fake)) } };
    },
  });
  const batches = digitBatches(data, 1);
  const before = process.cpuUsage();
  for (let i = 0; i < steps; i++) await step({ ...(await batches(i)) });
  const { user, system } = process.cpuUsage(before);

  const sample = await training.add({
    name: 'sample',
    batch: { labels: { dtype: 'int32', shape: [asked] } },
    program: ({ apply, ctx, batch: { labels } }) => ({
      outputs: { images: generate(apply, labels as Tensor, asked, withoutTraining(ctx)) },
    }),
  });
  const wanted = Array.from({ length: asked }, (_, i) => i % 10);
  const { images } = (await sample({ labels: valueOf(wanted, [asked], 'int32') })).outputs;
  const backend = await ortBackend({ device: 'cpu' });
  const classifier = await trainClassifier(data, backend, { steps: 1500 });
  const said = largestColumns(numbersOf(await classifier.probabilities(images as Value)), 10);
  await Promise.all([training.dispose(), backend.dispose()]);
  const share = (labels: readonly number[]) => said.filter((y, i) => y === labels[i]).length / asked;
  const shuffled = Array.from(createRng(9).permutation(asked), (i) => wanted[i] as number);
  return {
    accuracy: classifier.accuracy,
    right: share(wanted),
    shuffled: share(shuffled),
    minutes: (user + system) / 60e6,
  };
});

const row = (claim: string, expected: ClaimRow['expected'], measure: ClaimRow['measure']): ClaimRow => ({
  about: 'Conditional GAN (Mirza and Osindero 2014)',
  claim,
  expected,
  lacks: lacksMnist,
  measure,
});

/** Claims about a GAN that is told classes. */
export const conditionalRows: readonly ClaimRow[] = [
  row(
    '1000 MNIST digits on demand: share that a classifier takes for what was asked',
    { above: 0.8 },
    async () => (await trained()).right,
  ),
  row(
    'where the classes asked for are shuffled',
    { exact: 0.1, tolerance: 0.03 },
    async () => (await trained()).shuffled,
  ),
  row(
    'share of held-out digits that the classifier gets right',
    { above: 0.97 },
    async () => (await trained()).accuracy,
  ),
  row('minutes of CPU time that the training took', { below: 5 }, async () => (await trained()).minutes),
];
