import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { and } from '../and.js';
import { constant } from '../constant.js';
import { equal } from '../equal.js';
import { less } from '../less.js';
import { maximum } from '../maximum.js';
import { minimum } from '../minimum.js';
import { mul } from '../mul.js';
import { not } from '../not.js';
import { range } from '../range.js';
import { max } from '../reduce-max.js';
import { min } from '../reduce-min.js';
import { prod } from '../reduce-prod.js';
import { sum } from '../reduce-sum.js';
import { reshape } from '../reshape.js';
import { where } from '../where.js';
import { valueOf } from '../../value.js';
import { requireFloating } from './elementwise.js';
import { knownSizes } from './scatter-lines.js';

interface Blocks {
  /** The number of the block that each update goes to, `[updates]`. */
  readonly places: Tensor;
  /** The updates, `[updates, elements of a block]`. */
  readonly updates: Tensor;
  /** Number of blocks in the tensor written to. */
  readonly count: number;
  /** Number of updates. */
  readonly written: number;
  /** Elements of a block. */
  readonly size: number;
}

/** A scatterND as one over the rows of a matrix. */
function blocksOf(x: Tensor, indices: Tensor, updates: Tensor): Blocks {
  const sizes = knownSizes(x, 'ScatterND');
  const own = knownSizes(indices, 'ScatterND');
  const depth = own.at(-1) ?? 1;
  const product = (list: readonly number[]): number => list.reduce((a, b) => a * b, 1);
  const indexed = sizes.slice(0, depth);
  const strides = indexed.map((_, i) => product(indexed.slice(i + 1)));
  const written = product(own.slice(0, -1));
  const size = product(sizes.slice(depth));
  const forward = where(
    less(indices, 0),
    add(indices, constant(valueOf(indexed, [depth], 'int64'))),
    indices,
  );
  const flat = sum(mul(forward, constant(valueOf(strides, [depth], 'int64'))), -1);
  return {
    places: reshape(flat, [written]),
    updates: reshape(updates, [written, size]),
    count: product(indexed),
    written,
    size,
  };
}

/** For each update of a scatterND, the product of the other updates of its block. */
export function productOfOtherBlocks(x: Tensor, indices: Tensor, updates: Tensor): Tensor {
  const { places, updates: rows, written, size } = blocksOf(x, indices, updates);
  const samePlace = equal(reshape(places, [written, 1, 1]), reshape(places, [1, written, 1]));
  const numbers = range(0, written, 1, 'int64');
  const self = equal(reshape(numbers, [written, 1, 1]), reshape(numbers, [1, written, 1]));
  const others = where(and(samePlace, not(self)), reshape(rows, [1, written, size]), 1);
  return reshape(prod(others, 1), updates.shape);
}

/** scatterND that keeps the largest or smallest of an element and its updates. */
export function scatterExtremeBlocks(
  x: Tensor,
  indices: Tensor,
  updates: Tensor,
  reduction: 'max' | 'min',
): Tensor {
  requireFloating('ScatterND', x);
  const { places, updates: rows, count, written, size } = blocksOf(x, indices, updates);
  if (written === 0) return x;
  const none = reduction === 'max' ? -Infinity : Infinity;
  const blocks = range(0, count, 1, 'int64');
  const hits = equal(reshape(blocks, [count, 1, 1]), reshape(places, [1, written, 1]));
  const candidates = where(hits, reshape(rows, [1, written, size]), none);
  const best = (reduction === 'max' ? max : min)(candidates, 1);
  return (reduction === 'max' ? maximum : minimum)(x, reshape(best, x.shape));
}
