import { flattenTree, type Step } from '@ganymede/core';
import { tensorAt, treeAt, descend } from '@ganymede/nn';
import { gatherElements, logSoftmax, scope, type Tensor } from '@ganymede/tensor';
import type { SeqganParts } from './seqgan-parts.js';

/**
 * One step of the discriminator on a mixed batch: cross entropy of the labels (1 real, 0 generated), and `l2` times the halved
 * square norm of the output layer. Reports `discriminatorLoss` (with that term) and `accuracy` (with dropout on).
 */
export function discriminatorStep({
  tokens: { length },
  batchSize,
  discriminator,
  l2,
  optimizers,
}: SeqganParts): Step {
  return {
    name: 'discriminator',
    batch: {
      tokens: { dtype: 'int32', shape: [batchSize, length] },
      labels: { dtype: 'int32', shape: [batchSize] },
    },
    program(state, batch, ctx) {
      const { tokens, labels } = batch as { tokens: Tensor; labels: Tensor };
      const params = state.tree('discriminator');
      const logits = scope('discriminator', () =>
        discriminator.apply(params, tokens, ctx.child('discriminator')),
      );
      const chosen = gatherElements(logSoftmax(logits, 1), labels.reshape([batchSize, 1]), 1);
      const output = treeAt(params, 'output');
      const norm = tensorAt(output, 'kernel').square().sum().add(tensorAt(output, 'bias').square().sum());
      const loss = chosen
        .mean()
        .neg()
        .add(norm.mul(l2 / 2));
      const path = 'optimizer/discriminator';
      const next = descend(optimizers.discriminator, loss, params, state.tree(path), ctx.child(path));
      // More likely than not: the label's logarithm above log 1/2.
      const correct = chosen.greater(Math.log(0.5)).cast('float32');
      return {
        state: { ...flattenTree(next.params, 'discriminator'), ...flattenTree(next.slots, path) },
        outputs: { discriminatorLoss: loss, accuracy: correct.mean() },
      };
    },
  };
}
