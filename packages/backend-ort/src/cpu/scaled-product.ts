import { concat, gather, gemm, mul, reshape, scopeAt, type Tensor, transpose } from '@ganymede/tensor';
import type { Book } from './book.js';
import { elements } from './rule.js';

/** Operators of the original graph that pass a product on as it is. */
const VIEWS = new Set(['Reshape', 'Transpose']);
const PRODUCTS = new Set(['Gemm', 'Conv', 'ConvTranspose']);

/** Whether `original` is a product, perhaps reshaped, that is read `uses` times in all: no other then needs it unscaled. */
export function isPrivateProduct(original: Tensor, uses: number, book: Book): boolean {
  if (book.uses(original) !== uses) return false;
  const [source] = original.inputs;
  if (VIEWS.has(original.operator.name) && source !== undefined) return isPrivateProduct(source, 1, book);
  return PRODUCTS.has(original.operator.name);
}

/**
 * `factor * x` in the layer of `x`, multiplied in where it costs least: at the smaller operand of the product that `x` comes from. Undefined
 * where `x` does not come from a product. Exact for powers of two.
 */
export const scaledProduct = (x: Tensor, factor: number): Tensor | undefined =>
  scopeAt(x.scope, () => scaled(x, factor));

function scaled(x: Tensor, factor: number): Tensor | undefined {
  const [a, b, bias] = x.inputs;
  const { attributes } = x;
  if (a === undefined) return undefined;
  switch (x.operator.name) {
    case 'Reshape':
      return through(a, factor, (y) => reshape(y, x.shape));
    case 'Transpose':
      return through(a, factor, (y) => transpose(y, attributes.perm as readonly number[]));
    case 'Gather':
      return through(a, factor, (y) => gather(y, b as Tensor, attributes.axis as number));
    case 'Concat': {
      const parts = x.inputs.map((y) => scaledProduct(y, factor));
      return parts.includes(undefined) ? undefined : concat(parts as Tensor[], attributes.axis as number);
    }
    case 'Gemm': {
      if (bias !== undefined) return undefined;
      const options = { transA: attributes.transA === 1, transB: attributes.transB === 1 };
      return elements(a) < elements(b as Tensor)
        ? gemm(mul(a, factor), b as Tensor, options)
        : gemm(a, mul(b as Tensor, factor), options);
    }
    default:
      return undefined;
  }
}

function through(x: Tensor, factor: number, rebuild: (y: Tensor) => Tensor): Tensor | undefined {
  const y = scaledProduct(x, factor);
  return y && rebuild(y);
}
