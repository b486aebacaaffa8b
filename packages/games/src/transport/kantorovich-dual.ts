import { GanymedeError } from '@ganymede/tensor';

/** Costs of moving row i to column j. */
export type Costs = readonly ArrayLike<number>[];

/**
 * The c-transform of column potentials: u_i = min_j c_ij − v_j, the largest row potentials for which u_i + v_j never exceeds the cost.
 * Throws GANYMEDE_SHAPE where a row has not one cost for each column.
 */
export function cTransform(costs: Costs, columns: ArrayLike<number>): Float64Array {
  return Float64Array.from(costs, (row) => {
    if (row.length !== columns.length) {
      throw new GanymedeError('GANYMEDE_SHAPE', {
        message: `cTransform: expected ${columns.length} costs in each row, received ${row.length}`,
        hint: 'give one potential for each column of the matrix of costs',
      });
    }
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < row.length; j++) least = Math.min(least, (row[j] as number) - (columns[j] as number));
    return least;
  });
}

/**
 * Kantorovich's dual value of column potentials between equal weights: mean u + mean v with u their {@link cTransform}. At most the
 * transport cost, whatever the potentials, and equal to it for the best ones: the supremum over critics is the infimum over couplings.
 */
export function kantorovichDual(costs: Costs, columns: ArrayLike<number>): number {
  const mean = (xs: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < xs.length; i++) sum += xs[i] as number;
    return sum / xs.length;
  };
  return mean(cTransform(costs, columns)) + mean(columns);
}

/** Euclidean distances between two lists of points. */
export const euclideanCosts = (
  from: readonly (readonly number[])[],
  to: readonly (readonly number[])[],
): readonly Float64Array[] =>
  from.map((x) => Float64Array.from(to, (y) => Math.hypot(...x.map((xi, k) => xi - (y[k] as number)))));
