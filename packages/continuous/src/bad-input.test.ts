import process from 'node:process';
import {
  createGanymede,
  defineGan,
  type Loss,
  type Network,
  referenceBackend,
  type Regularizer,
} from '@ganymede/core';
import { arrays } from '@ganymede/data';
import { auxiliaryClassifier, gradientPenalty, nonSaturating } from '@ganymede/losses';
import { batchNorm, dense, expose, leakyRelu, sequential, sgd, sigmoid } from '@ganymede/nn';
import { valueOf } from '@ganymede/tensor';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { adversarial } from './adversarial.js';
import { normal } from './latent.js';

/** What a user hands over, and what is wrong with it. */
interface Parts {
  readonly discriminator: Network;
  readonly loss?: Loss;
  readonly regularizers?: readonly Regularizer[];
  /** Of eight points. */
  readonly labels?: readonly number[];
  readonly classes?: number;
}

/** Two iterations of a run as a user starts one. */
async function train({ discriminator, loss = nonSaturating(), regularizers = [], labels, classes }: Parts) {
  const gan = defineGan({
    id: '@test/pack/bad',
    summary: 'parts that do not fit',
    options: z.object({}),
    create: (_, services) =>
      adversarial(
        {
          latent: normal(2),
          generator: sequential(dense(2)),
          discriminator,
          loss,
          regularizers,
          optimizers: { generator: sgd(), discriminator: sgd() },
          ...(labels === undefined ? {} : { conditions: { label: 'labels' } }),
        },
        services,
      ),
  });
  const points = valueOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [8, 2]);
  const data =
    labels === undefined
      ? arrays({ points })
      : arrays(
          { points, labels: valueOf(labels, [8], 'int32') },
          classes === undefined ? {} : { classes: { labels: classes } },
        );
  const ganymede = createGanymede({
    plugins: [{ name: '@test/pack', apiVersion: 1, modules: [gan] } as const],
  });
  const run = await ganymede.train('@test/pack/bad', {
    data,
    batch: 8,
    seed: 1,
    steps: 2,
    backend: await referenceBackend(),
  });
  await run.dispose();
}

const layers = [dense(4), leakyRelu(0.2)] as const;
/** A discriminator with an auxiliary classifier. */
const classifying = (classes: number) => sequential(...layers, expose('classes', dense(classes)), dense(1));

describe('a run on bad input', () => {
  it('stops at probabilities in the place of logits, naming the sigmoid', async () => {
    await expect(train({ discriminator: sequential(...layers, dense(1), sigmoid()) })).rejects.toMatchObject({
      code: 'GANYMEDE_LOGITS',
      message: expect.stringMatching(/raw logits.*probabilities.*Sigmoid/),
    });
  });

  it('warns of a gradient penalty on a discriminator with batch statistics, with the paper’s reason', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const regularizers = [gradientPenalty()];
    try {
      await train({ discriminator: sequential(...layers, dense(1)), regularizers });
      expect(warn).not.toHaveBeenCalled();
      await train({
        discriminator: sequential(dense(4), batchNorm(), leakyRelu(0.2), dense(1)),
        regularizers,
      });
      expect(warn).toHaveBeenCalledWith(
        expect.stringMatching(/a logit then depends on the entire batch \(Gulrajani et al\. 2017/),
        expect.objectContaining({ code: 'GANYMEDE_BATCH_STATISTICS' }),
      );
    } finally {
      warn.mockRestore();
    }
  });

  const loss = auxiliaryClassifier();

  it('stops at a label that is no class of the data, naming the example', async () => {
    const labels = [0, 1, 2, 0, 1, 5, 0, 1];
    await expect(train({ discriminator: classifying(3), loss, labels, classes: 3 })).rejects.toMatchObject({
      code: 'GANYMEDE_LABEL',
      message: expect.stringContaining('example 5 is 5, expected a class from 0 to 2'),
    });
  });

  it('stops at a label for which the discriminator has no logit, where nobody said how many classes there are', async () => {
    const labels = [0, 1, 2, 0, 1, 2, 0, 1];
    await expect(train({ discriminator: classifying(2), loss, labels })).rejects.toMatchObject({
      code: 'GANYMEDE_NON_FINITE',
    });
  });

  it('stops at data of one class, from which a classifier learns nothing', async () => {
    const labels = [0, 0, 0, 0, 0, 0, 0, 0];
    await expect(train({ discriminator: classifying(1), loss, labels, classes: 1 })).rejects.toMatchObject({
      code: 'GANYMEDE_ONE_CLASS',
    });
  });
});
