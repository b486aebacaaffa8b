import { type Dim, GanymedeError, type Tensor } from '@ganymede/tensor';

/** Reductions over the first axis of something with more: how batch statistics are computed. */
function reducesBatch({ operator, attributes, inputs }: Tensor): boolean {
  if (!operator.name.startsWith('Reduce') || (inputs[0]?.rank ?? 0) < 2) return false;
  return (attributes.axes as readonly number[]).includes(0);
}

/** Operators whose operands broadcast. */
const broadcasting = new Set([
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Pow',
  'Min',
  'Max',
  'Sum',
  'Mean',
  'Where',
  'Expand',
]);

/**
 * Operands that are one and the same for every sample although they depend on samples: how samples are compared, as in minibatch
 * discrimination, where `[1, N, …]` is subtracted from `[N, 1, …]`.
 */
function sharesSample(node: Tensor, batch: Dim | undefined, depends: (x: Tensor) => boolean): boolean {
  const { operator, inputs, shape, rank } = node;
  if (broadcasting.has(operator.name)) {
    const shared = (x: Tensor): boolean => x.rank < rank || x.shape[0] === 1;
    return rank > 0 && shape[0] === batch && batch !== 1 && inputs.some((x) => shared(x) && depends(x));
  }
  const right = inputs[1];
  const isProduct = operator.name === 'Gemm' || operator.name === 'MatMul';
  return isProduct && right?.rank === 2 && inputs[0]?.rank === 2 && depends(right);
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
    const isDependent = (x: Tensor): boolean => dependence.get(x) === true;
    if (depends && (reducesBatch(node) || sharesSample(node, samples.shape[0], isDependent))) found ??= node;
  }
  return found;
}

/**
 * Warns (`GANYMEDE_BATCH_STATISTICS`, as a process warning) where a penalty on the slope at each sample meets a discriminator whose
 * logits depend on the whole batch, such as one with batch norm, minibatch discrimination or minibatch standard deviation.
 */
export function warnOfBatchStatistics(penalty: string, logits: Tensor, samples: Tensor): void {
  const statistic = batchStatistic(logits, samples);
  if (statistic === undefined) return;
  const { code, message } = new GanymedeError('GANYMEDE_BATCH_STATISTICS', {
    message:
      `${penalty}: the discriminator mixes the samples of a batch (${statistic}). The penalty is on the slope at each sample on its own, ` +
      'which batch normalization, minibatch discrimination and minibatch standard deviation make meaningless: a logit then depends on the ' +
      'entire batch (Gulrajani et al. 2017, section 4)',
    hint: 'use layer, instance or spectral normalization in the discriminator, or none, and no layer that compares samples',
  });
  if (typeof process === 'object') process.emitWarning(message, { type: 'GanymedeWarning', code });
  else console.warn(message);
}
