import {
  cast,
  concat,
  constant,
  equal,
  exp,
  lessOrEqual,
  matmul,
  minimum,
  mul,
  type Tensor,
  value,
} from '@ganymede/tensor';

/**
 * Draws one token per row from softmax(logits) by inverting the distribution function at `uniform`: token k where
 * cdf(k-1) <= u < cdf(k). The graph holds no randomness of its own. Equal inputs give equal tokens on every backend up to
 * rounding of the distribution function.
 *
 * @param logits `[rows, V]`, or `[1, V]` for rows that share a distribution; floating.
 * @param uniform `[rows, 1]`, on [0, 1).
 * @returns int32 `[rows]`. Not differentiable: policy gradients never go through a draw.
 */
export function drawTokens(logits: Tensor, uniform: Tensor): Tensor {
  const vocabulary = Number(logits.shape[1]);
  const mass = exp(logits.sub(logits.max(1, true)));
  return (vocabulary <= singleLevel ? drawFlat(mass, uniform) : drawByBlock(mass, uniform)).reshape([-1]);
}

/** Largest vocabulary whose cumulative sums are one product with a triangle of V² numbers. */
const singleLevel = 64;

function drawFlat(mass: Tensor, uniform: Tensor): Tensor {
  const vocabulary = Number(mass.shape[1]);
  const cumulative = cumulativeSums(mass);
  const target = mul(uniform, lastColumn(cumulative));
  return cast(capped(countReached(cumulative, target), vocabulary), 'int32');
}

/**
 * Two levels, about sqrt(V) blocks of sqrt(V) tokens: first the block, then the token in it. Cumulative sums of the whole
 * vocabulary would be a scan, which runtimes do one element at a time; this is two small products.
 */
function drawByBlock(mass: Tensor, uniform: Tensor): Tensor {
  const vocabulary = Number(mass.shape[1]);
  const size = Math.ceil(Math.sqrt(vocabulary));
  const blocks = Math.ceil(vocabulary / size);
  const missing = blocks * size - vocabulary;
  const filled = missing === 0 ? mass : concat([mass, mass.slice(1, 0, missing).mul(0)], 1);
  const table = filled.reshape([-1, blocks, size]);

  const cumulative = cumulativeSums(table.sum(2));
  const target = mul(uniform, lastColumn(cumulative));
  const reached = cast(lessOrEqual(cumulative, target), 'float32');
  const block = capped(reached.sum(1, true), blocks);
  const isBlock = cast(equal(iota(blocks), block), 'float32');
  // What lies before the block: the largest cumulative sum that the target has reached.
  const before = reached.mul(cumulative).max(1, true);
  const within = matmul(isBlock.reshape([-1, 1, blocks]), table).reshape([-1, size]);
  const offset = capped(countReached(cumulativeSums(within), target.sub(before)), size);
  return cast(capped(block.mul(size).add(offset), vocabulary), 'int32');
}

const countReached = (cumulative: Tensor, target: Tensor): Tensor =>
  cast(lessOrEqual(cumulative, target), 'float32').sum(1, true);

/** Rounding may let a target near 1 reach every sum: then the last one is meant. */
const capped = (index: Tensor, count: number): Tensor => minimum(index, constant(count - 1));

const lastColumn = (x: Tensor): Tensor => x.slice(1, Number(x.shape[1]) - 1, Number(x.shape[1]));

const iota = (count: number): Tensor =>
  constant(
    value(
      'float32',
      [1, count],
      Float32Array.from({ length: count }, (_, i) => i),
    ),
  );

/** Inclusive sums along the rows of `[rows, n]`, as a product with an upper triangle of ones. */
function cumulativeSums(x: Tensor): Tensor {
  const n = Number(x.shape[1]);
  const triangle = new Float32Array(n * n);
  for (let i = 0; i < n; i++) triangle.fill(1, i * n + i, (i + 1) * n);
  return matmul(x, constant(value('float32', [n, n], triangle)));
}
