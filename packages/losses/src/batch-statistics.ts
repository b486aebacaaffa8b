import { GanymedeError, type Tensor } from '@ganymede/tensor';

/** Whether the node reduces over the first axis of something with more: how batch statistics are computed. */
function reducesBatch({ operator, attributes, inputs }: Tensor): boolean {
  if (!operator.name.startsWith('Reduce') || (inputs[0]?.rank ?? 0) < 2) return false;
  return (attributes.axes as readonly number[]).includes(0);
}

/** The node by which `logits` of one sample depend on the other samples of its batch, if there is one. */
export function batchStatistic(logits: Tensor, samples: Tensor): Tensor | undefined {
  const dependence = new Map<Tensor, boolean>([[samples, true]]);
  // A stack of its own: unrolled recurrent discriminators are deeper than JavaScript's.
  const stack = [logits];
  let found: Tensor | undefined;
  while (stack.length > 0) {
    const node = stack.at(-1) as Tensor;
    const open = dependence.has(node) ? [] : node.inputs.filter((x) => !dependence.has(x));
    if (open.length > 0) {
      stack.push(...open);
      continue;
    }
    stack.pop();
    if (dependence.has(node)) continue;
    const depends = node.inputs.some((x) => dependence.get(x) === true);
    dependence.set(node, depends);
    if (depends && reducesBatch(node)) found ??= node;
  }
  return found;
}

/**
 * Warns (`GANYMEDE_BATCH_STATISTICS`, as a process warning) where a penalty on the slope at each sample meets a discriminator whose
 * logits depend on the whole batch, such as one with batch norm.
 */
export function warnOfBatchStatistics(penalty: string, logits: Tensor, samples: Tensor): void {
  const statistic = batchStatistic(logits, samples);
  if (statistic === undefined) return;
  const { code, message } = new GanymedeError('GANYMEDE_BATCH_STATISTICS', {
    message:
      `${penalty}: the discriminator mixes the samples of a batch (${statistic}). The penalty is on the slope at each sample on its own, ` +
      'which batch normalization makes meaningless: a logit then depends on the entire batch (Gulrajani et al. 2017, section 4)',
    hint: 'use layer, instance or spectral normalization in the discriminator, or none',
  });
  if (typeof process === 'object') process.emitWarning(message, { type: 'GanymedeWarning', code });
  else console.warn(message);
}
