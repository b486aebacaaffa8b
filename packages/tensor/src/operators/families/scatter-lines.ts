import { GanymedeError } from '../../error.js';
import { site } from '../../scope.js';
import { formatShape, isStatic } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { and } from '../and.js';
import { equal } from '../equal.js';
import { less } from '../less.js';
import { maximum } from '../maximum.js';
import { minimum } from '../minimum.js';
import { not } from '../not.js';
import { pad } from '../pad.js';
import { range } from '../range.js';
import { max } from '../reduce-max.js';
import { min } from '../reduce-min.js';
import { prod } from '../reduce-prod.js';
import { reshape } from '../reshape.js';
import { unsqueeze } from '../unsqueeze.js';
import { where } from '../where.js';
import { requireFloating } from './elementwise.js';

/** Indices that count from 0, as they are compared with places. */
export const fromStart = (indices: Tensor, size: number): Tensor =>
  where(less(indices, 0), add(indices, size), indices);

/** The sizes of a shape that must be known to compare indices with places. */
export function knownSizes(x: Tensor, operator: string): readonly number[] {
  if (isStatic(x.shape)) return x.shape;
  throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
    message: `${site(operator)}: the sizes of ${formatShape(x.shape)} must be known for this reduction`,
    hint: 'build this program at fixed sizes',
  });
}

/** `0, 1, …` along `axis` of a tensor of this rank, its other axes of size 1. */
const along = (indices: Tensor, count: number, axis: number, rank: number): Tensor =>
  reshape(
    range(0, count, 1, indices.dtype),
    Array.from({ length: rank }, (_, i) => (i === axis ? count : 1)),
  );

/** For each update of a scatterElements, the product of the other updates of its place. */
export function productOfOthers(x: Tensor, indices: Tensor, updates: Tensor, axis: number): Tensor {
  const [size = 1, count = 1] = [
    knownSizes(x, 'ScatterElements')[axis],
    knownSizes(indices, 'ScatterElements')[axis],
  ];
  const places = fromStart(indices, size);
  const samePlace = equal(unsqueeze(places, axis + 1), unsqueeze(places, axis));
  const rank = indices.rank + 1;
  const self = equal(along(indices, count, axis, rank), along(indices, count, axis + 1, rank));
  return prod(where(and(samePlace, not(self)), unsqueeze(updates, axis), 1), axis + 1);
}

/** scatterElements that keeps the largest or smallest of an element and its updates. */
export function scatterExtreme(
  x: Tensor,
  indices: Tensor,
  updates: Tensor,
  axis: number,
  reduction: 'max' | 'min',
): Tensor {
  requireFloating('ScatterElements', x);
  const sizes = knownSizes(x, 'ScatterElements');
  const own = knownSizes(indices, 'ScatterElements');
  if (own.includes(0)) return x;
  const size = sizes[axis] ?? 1;
  const none = reduction === 'max' ? -Infinity : Infinity;
  const places = along(indices, size, axis, indices.rank + 1);
  const hits = equal(places, unsqueeze(fromStart(indices, size), axis));
  const candidates = where(hits, unsqueeze(updates, axis), none);
  const best = (reduction === 'max' ? max : min)(candidates, axis + 1);
  // Places beside the indices get no update.
  const missing = sizes.map((d, i) => (i === axis ? 0 : d - (own[i] ?? d)));
  const covering = pad(best, [...sizes.map(() => 0), ...missing], { value: none });
  return (reduction === 'max' ? maximum : minimum)(x, covering);
}
