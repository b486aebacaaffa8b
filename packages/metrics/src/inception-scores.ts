import { createRng, type Rng } from '@ganymede/core';
import { GanymedeError, type Value } from '@ganymede/tensor';
import { rowsOf } from './compute/rows.js';
import {
  type BootstrapOptions,
  bootstrapAround,
  type Interval,
  meanOfValues,
} from './statistics/bootstrap.js';

/** Inception-style score of samples. */
export interface InceptionScores {
  /** Mean over the splits: 1 at worst, the number of classes at best. */
  readonly value: number;
  /** Standard deviation over the splits, as published beside it. */
  readonly std: number;
  readonly interval: Interval | undefined;
  readonly splits: number;
  readonly count: number;
}

/** Options of {@link inceptionScore}. */
export interface InceptionScoreOptions extends BootstrapOptions {
  /** Parts whose scores are averaged. @defaultValue 10 */
  readonly splits?: number;
  /** Draws the bootstrap. @defaultValue seed 0 */
  readonly rng?: Rng;
}

/** Sums over some samples, from which the score follows. */
interface Sums {
  readonly classes: Float64Array;
  /** Σ p log p over samples and classes. */
  readonly negentropy: number;
  readonly count: number;
}

const add = (a: Sums, b: Sums): Sums => ({
  classes: a.classes.map((x, k) => x + b.classes[k]!),
  negentropy: a.negentropy + b.negentropy,
  count: a.count + b.count,
});

/** exp of the mean divergence of the samples' class distributions from their mean. */
function scoreOf({ classes, negentropy, count }: Sums): number {
  let marginal = 0;
  for (const sum of classes) if (sum > 0) marginal += (sum / count) * Math.log(sum / count);
  return Math.exp(negentropy / count - marginal);
}

/** Samples are gathered in about this many groups, from which splits are made and a bootstrap draws. */
const groupsAimedAt = 100;

/**
 * The Inception score `exp E KL(p(y|x) || p(y))` (Salimans et al. 2016, section 4) of class probabilities `[batch, classes]` that come
 * in batches, `count` samples in all: 1 … number of classes, higher is better. It sees no real data, so a generator that
 * copies one clear image of each class scores best. Only sums are kept.
 *
 * Splits are runs of `count / splits` samples. Throws `GANYMEDE_TOO_FEW_SAMPLES` for fewer samples than splits, `GANYMEDE_FEATURE_SIZE`
 * for rows that are no probabilities or another number of samples than said.
 */
export async function inceptionScore(
  probabilities: AsyncIterable<Value> | Iterable<Value>,
  count: number,
  { splits = 10, rng = createRng(0), ...options }: InceptionScoreOptions = {},
): Promise<InceptionScores> {
  if (count < splits || splits < 1) {
    throw new GanymedeError('GANYMEDE_TOO_FEW_SAMPLES', {
      message: `an Inception score of ${splits} splits needs at least as many samples, got ${count}`,
      hint: 'ask for more samples (option count), or fewer splits',
      data: { needed: splits, counts: [count] },
    });
  }
  const perSplit = Math.max(1, Math.min(Math.floor(count / splits), Math.round(groupsAimedAt / splits)));
  const groups = splits * perSplit;
  const sums: (Sums | undefined)[] = Array.from({ length: groups });
  let seen = 0;
  for await (const batch of probabilities) {
    const { data, count: rows, size } = rowsOf(batch);
    for (let i = 0; i < rows; i++, seen++) {
      const own = sumsOfRow(data, i * size, size, seen);
      const group = Math.min(groups - 1, Math.floor((seen * groups) / count));
      const before = sums[group];
      sums[group] = before === undefined ? own : add(before, own);
    }
  }
  if (seen !== count) {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `expected the class probabilities of ${count} samples, got ${seen}`,
    });
  }
  const gathered = sums as readonly Sums[];
  const scores = Array.from({ length: splits }, (_, s) =>
    scoreOf(gathered.slice(s * perSplit, (s + 1) * perSplit).reduce(add)),
  );
  const value = meanOfValues(scores);
  const std = Math.sqrt(meanOfValues(scores.map((x) => (x - value) ** 2)));
  const whole = ([indices]: readonly Int32Array[]): number =>
    scoreOf(Array.from(indices as Int32Array, (i) => gathered[i] as Sums).reduce(add));
  const interval = bootstrapAround(value, [groups], whole, rng.child('bootstrap'), { ...options, least: 1 });
  return { value, std, interval, splits, count };
}

function sumsOfRow(data: ArrayLike<number>, from: number, size: number, sample: number): Sums {
  const classes = new Float64Array(size);
  let [total, negentropy] = [0, 0];
  for (let k = 0; k < size; k++) {
    const p = data[from + k] as number;
    classes[k] = p;
    total += p;
    if (p > 0) negentropy += p * Math.log(p);
    if (!(p >= 0)) total = Number.NaN;
  }
  if (Math.abs(total - 1) < 1e-3) return { classes, negentropy, count: 1 };
  throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
    message: `expected class probabilities that sum to 1, those of sample ${sample} sum to ${total}`,
    hint: 'apply a softmax to the logits of the network',
  });
}
