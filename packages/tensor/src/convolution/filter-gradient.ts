import { isStatic } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { filterGradientByColumns } from './filter-gradient-columns.js';
import { filterGradientByDilatedConv } from './filter-gradient-dilated.js';
import type { Window } from './geometry.js';

/**
 * The derivative of a convolution for its filter. `large` is the convolution's input (or the gradient of a transposed
 * convolution), `small` the gradient of its output (or the input of a transposed one). The result has the filter's shape
 * `[small channels, large channels / group, ...kernel]`.
 */
export interface FilterGradient extends Window {
  readonly large: Tensor;
  readonly small: Tensor;
  readonly kernel: readonly number[];
  readonly group: number;
}

/** Above this many elements the copied columns cost more memory than they save time (1 GiB of float32). */
const LARGEST_COPY = 2 ** 28;

/** The faster of the forms that fit: one Gemm over what each window saw, else a convolution with axes swapped. */
export function filterGradient(problem: FilterGradient): Tensor {
  return columnsFit(problem) ? filterGradientByColumns(problem) : filterGradientByDilatedConv(problem);
}

function columnsFit({ large, small, kernel, group }: FilterGradient): boolean {
  if (group !== 1 || !isStatic(small.shape.slice(2)) || !isStatic(large.shape.slice(1))) return false;
  const positions = [...small.shape.slice(2), ...kernel, large.shape[1] ?? 1].reduce<number>(
    (n, d) => n * Number(d),
    1,
  );
  const batch = small.shape[0];
  return positions * (typeof batch === 'number' ? batch : 1) <= LARGEST_COPY;
}
