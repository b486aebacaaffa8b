import {
  and,
  constantValue,
  formatShape,
  GanymedeError,
  gatherElements,
  greaterOrEqual,
  isFloating,
  less,
  logSumExp,
  numbersOf,
  type Tensor,
  type Value,
  where,
} from '@ganymede/tensor';

/** Throws `GANYMEDE_LABEL` unless every label is a whole number from 0 to `classes` − 1; the message has the first that is not. */
export function requireLabels(labels: Value | ArrayLike<number>, classes: number): void {
  const numbers = 'dtype' in labels ? numbersOf(labels as Value) : Array.from(labels);
  const at = numbers.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (at < 0) return;
  throw new GanymedeError('GANYMEDE_LABEL', {
    message: `expected labels from 0 to ${classes - 1} (${classes} classes), but label ${at} is ${numbers[at]}`,
    hint: 'count classes from 0, and give the discriminator one class logit per class of the data',
    data: { classes, index: at, label: numbers[at] },
  });
}

function requireFit(logits: Tensor, labels: Tensor): number {
  const classes = logits.shape[1];
  if (logits.rank !== 2 || typeof classes !== 'number' || labels.rank !== 1) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `expected class logits [batch, classes] and labels [batch], got ${formatShape(logits.shape)} and ${formatShape(labels.shape)}`,
      hint: 'labels are class numbers, not one-hot rows',
    });
  }
  if (classes < 2) {
    throw new GanymedeError('GANYMEDE_ONE_CLASS', {
      message: `expected logits of at least 2 classes, got ${formatShape(logits.shape)}: with one class every answer is right, and nothing is learnt from labels`,
      hint: 'use data of several classes, or a loss without labels',
      data: { classes },
    });
  }
  if (isFloating(labels.dtype) || labels.dtype === 'bool') {
    throw new GanymedeError('GANYMEDE_DTYPE', {
      message: `expected labels as int32 or int64, got ${labels.dtype}`,
      hint: 'cast them: labels.cast("int32")',
    });
  }
  const known = constantValue(labels);
  if (known !== undefined) requireLabels(known, classes);
  return classes;
}

/**
 * −E log softmax(logits)[label] = E (log Σ exp(logits) − logits[label]): logits `[batch, classes]`, labels `[batch]`, int32 or
 * int64, from 0. A label out of range makes the loss NaN, which stops a run with its name, rather than silently another class:
 * check data beforehand with {@link requireLabels}.
 *
 * @throws `GANYMEDE_SHAPE`, `GANYMEDE_DTYPE`, `GANYMEDE_ONE_CLASS`; `GANYMEDE_LABEL` where the labels are constants
 */
export function classCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  const classes = requireFit(logits, labels);
  const valid = and(greaterOrEqual(labels, 0), less(labels, classes));
  const chosen = gatherElements(logits, where(valid, labels, 0).reshape([-1, 1]), 1).reshape([-1]);
  return where(valid, logSumExp(logits, 1).sub(chosen), Number.NaN).mean();
}
