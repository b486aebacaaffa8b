import { type Backend, toHost } from '@ganymede/core';
import { gemm, graph, input, type Value, value } from '@ganymede/tensor';

/** Number format of matrix products. float64 wherever the backend can, float32 elsewhere or on demand (about 3 times as fast). */
export type Precision = 'float64' | 'float32';

/** Where the matrix products of a metric are computed. */
export interface ProductOptions {
  /** Runs the products; without one they are plain TypeScript loops in float64, for small sets. */
  readonly backend?: Backend | undefined;
  /** @defaultValue 'float64' */
  readonly precision?: Precision | undefined;
}

/** Matrix products of row-major blocks. */
export interface Products {
  /** What they are computed in. */
  readonly precision: Precision;
  /** `a bᵀ`, `[rows of a, rows of b]`. */
  cross(a: Float64Array, b: Float64Array, size: number): Promise<Float32Array | Float64Array>;
  /** `aᵀ a`, `[size, size]`. */
  gram(a: Float64Array, size: number): Promise<Float32Array | Float64Array>;
  dispose(): Promise<void>;
}

const plain: Products = {
  precision: 'float64',
  cross: async (a, b, size) => {
    const [m, n] = [a.length / size, b.length / size];
    const out = new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let p = i * size, q = j * size; p < (i + 1) * size; p++, q++) sum += a[p]! * b[q]!;
        out[i * n + j] = sum;
      }
    }
    return out;
  },
  gram: async (a, size) => {
    const out = new Float64Array(size * size);
    for (let row = 0; row < a.length; row += size) {
      for (let i = 0; i < size; i++) {
        const x = a[row + i]!;
        for (let j = 0; j < size; j++) out[i * size + j]! += x * a[row + j]!;
      }
    }
    return out;
  },
  dispose: async () => {},
};

/** The two products as one graph each, for blocks of any size. */
const compileProducts = async (backend: Backend, precision: Precision) => {
  const a = input('a', ['M', 'D'], precision);
  const b = input('b', ['N', 'D'], precision);
  const cross = await backend.compile(graph({ outputs: { product: gemm(a, b, { transB: true }) } }));
  const gram = await backend.compile(graph({ outputs: { product: gemm(a, a, { transA: true }) } }));
  return { cross, gram };
};

/**
 * Opens the products of a backend. float64 is tried first: a backend without it (a GPU, TensorFlow.js) computes in float32, which
 * {@link Products.precision} then says.
 */
export async function openProducts({
  backend,
  precision = 'float64',
}: ProductOptions = {}): Promise<Products> {
  if (backend === undefined) return plain;
  let dtype = precision;
  const compiled = await compileProducts(backend, dtype).catch((error: unknown) => {
    if (dtype === 'float32') throw error;
    dtype = 'float32';
    return compileProducts(backend, dtype);
  });
  const matrix = (rows: Float64Array, size: number): Value =>
    dtype === 'float64'
      ? value('float64', [rows.length / size, size], rows)
      : value('float32', [rows.length / size, size], new Float32Array(rows));
  const productOf = async (results: Record<string, Parameters<typeof toHost>[0]>) =>
    (await toHost(results.product!)).data as Float32Array | Float64Array;
  return {
    precision: dtype,
    cross: async (a, b, size) =>
      productOf(await compiled.cross.run({ a: matrix(a, size), b: matrix(b, size) })),
    gram: async (a, size) => productOf(await compiled.gram.run({ a: matrix(a, size) })),
    dispose: async () => {
      await Promise.all([compiled.cross.dispose(), compiled.gram.dispose()]);
    },
  };
}

/** Opens products, hands them to `use`, and closes them. */
export async function withProducts<T>(
  options: ProductOptions,
  use: (products: Products) => Promise<T>,
): Promise<T> {
  const products = await openProducts(options);
  try {
    return await use(products);
  } finally {
    await products.dispose();
  }
}
