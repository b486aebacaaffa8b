import {
  constant,
  formatShape,
  GanymedeError,
  not,
  softmax,
  type Tensor,
  valueOf,
  where,
} from '@ganymede/tensor';

/** Options of {@link dotProductAttention}. */
export interface DotProductAttentionOptions {
  /** Which keys count (not 0 or true), broadcast against `[…, Tq, Tk]`. A query without any attends to all alike. @defaultValue all */
  readonly mask?: Tensor;
  /** Whether a position sees only itself and those before it; sizes must be known. @defaultValue false */
  readonly causal?: boolean;
  /** Factor of the products. @defaultValue 1 / √(size of a key) */
  readonly scale?: number;
}

/** Low enough that its share is 0 beside any other, and finite, so that a row of nothing else has no NaN. */
const NEVER = -1e30;

/**
 * Scaled dot-product attention (Vaswani et al. 2017, eq. 1): softmax(queries · keysᵀ · scale) · values over `[…, Tq, D]`,
 * `[…, Tk, D]`, `[…, Tk, V]`, the result `[…, Tq, V]`; leading dimensions are batch and heads. Luong's "dot" score (2015) with
 * `scale: 1`.
 *
 * @throws `GANYMEDE_SHAPE`
 */
export function dotProductAttention(
  queries: Tensor,
  keys: Tensor,
  values: Tensor,
  { mask, causal = false, scale }: DotProductAttentionOptions = {},
): Tensor {
  const size = keys.shape.at(-1);
  if (queries.shape.at(-1) !== size || keys.shape.at(-2) !== values.shape.at(-2)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `dotProductAttention: queries, keys and values ${[queries, keys, values].map(({ shape }) => formatShape(shape)).join(', ')} do not fit together`,
      hint: 'queries and keys have vectors of one size, and there is one value per key',
    });
  }
  const order = keys.shape.map((_, i) => i);
  const turned = keys.transpose([...order.slice(0, -2), order.length - 1, order.length - 2]);
  const scores = queries.matmul(turned).mul(scale ?? 1 / Math.sqrt(Number(size)));
  const seen = causal ? masked(scores, before(scores)) : scores;
  return softmax(mask === undefined ? seen : masked(seen, mask), -1).matmul(values);
}

/** Scores where `mask` lets them count. */
export const masked = (scores: Tensor, mask: Tensor): Tensor =>
  where(mask.dtype === 'bool' ? mask : not(mask.equal(0)), scores, NEVER);

/** `[Tq, Tk]`: whether a key is not after its query. */
function before(scores: Tensor): Tensor {
  const [queries, keys] = scores.shape.slice(-2);
  if (typeof queries !== 'number' || typeof keys !== 'number') {
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `dotProductAttention: with causal the lengths in ${formatShape(scores.shape)} must be numbers`,
      hint: 'build this program at fixed lengths',
    });
  }
  const seen = Array.from({ length: queries * keys }, (_, i) => Number(i % keys <= Math.floor(i / keys)));
  return constant(valueOf(seen, [queries, keys], 'bool'));
}
