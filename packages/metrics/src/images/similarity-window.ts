import { constant, type Tensor, value } from '@ganymede/tensor';

/** The window in which SSIM compares: Gaussian, of odd size. */
export interface SimilarityWindow {
  /** Pixels a side. @defaultValue 11 */
  readonly window?: number;
  /** Standard deviation in pixels. @defaultValue 1.5 */
  readonly sigma?: number;
}

/** A matrix `[length - window + 1, length]` whose product with a line of pixels is its windowed means. */
export function bandMatrix(
  length: number,
  { window = 11, sigma = 1.5 }: SimilarityWindow,
  dtype: Tensor['dtype'],
): Tensor {
  const middle = (window - 1) / 2;
  const weights = Array.from({ length: window }, (_, i) =>
    Math.exp(-((i - middle) ** 2) / (2 * sigma * sigma)),
  );
  const total = weights.reduce((sum, w) => sum + w, 0);
  const rows = length - window + 1;
  return matrix(rows, length, dtype, (i, j) => (j >= i && j < i + window ? weights[j - i]! / total : 0));
}

/** A matrix `[floor(length / 2), length]` of means of two neighbours. */
export const pairMeans = (length: number, dtype: Tensor['dtype']): Tensor =>
  matrix(Math.floor(length / 2), length, dtype, (i, j) => (Math.floor(j / 2) === i ? 0.5 : 0));

/** A constant matrix. */
export function matrix(
  rows: number,
  columns: number,
  dtype: Tensor['dtype'],
  entry: (i: number, j: number) => number,
): Tensor {
  const out = dtype === 'float64' ? new Float64Array(rows * columns) : new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[i * columns + j] = entry(i, j);
  return constant(value(dtype === 'float64' ? 'float64' : 'float32', [rows, columns], out));
}

/** `rows · x · columnsᵀ` over the last two axes: a separable filter. */
export const alongBoth = (rows: Tensor, x: Tensor, columns: Tensor): Tensor =>
  rows.matmul(x).matmul(columns.transpose([1, 0]));
