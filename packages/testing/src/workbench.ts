import {
  createRng,
  createStepContext,
  mapTree,
  type NoiseSpec,
  type ScalarSpec,
  type StepContext,
  type Tree,
} from '@ganymede/core';
import { evaluate, input, isFloating, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';

/** Options of {@link createWorkbench}. */
export interface WorkbenchOptions {
  /** @defaultValue false */
  readonly training?: boolean;
  /** Dtype of floating variables, noise and scalars. @defaultValue 'float64' */
  readonly dtype?: 'float32' | 'float64';
  /** Of the noise. @defaultValue 1 */
  readonly seed?: number;
}

/** A place to build a small program and run it with the reference interpreter, in float64 unless told otherwise. */
export interface Workbench {
  readonly ctx: StepContext;
  /** Declares an input and remembers its value; a floating value takes the bench's dtype. */
  symbol(name: string, value: Value): Tensor;
  /** The same for a tree, each input named `prefix/path`. */
  symbols(values: Tree<Value>, prefix: string): Tree<Tensor>;
  /** Evaluates outputs with the remembered values, noise drawn from `seed` and scalars for `call`; `feeds` take precedence. */
  evaluate(
    outputs: readonly Tensor[],
    options?: { readonly feeds?: Readonly<Record<string, Value>>; readonly call?: number },
  ): readonly Value[];
  readonly noise: readonly NoiseSpec[];
  readonly scalars: readonly ScalarSpec[];
  readonly bufferUpdates: ReadonlyMap<string, Tensor>;
}

/** Creates a {@link Workbench}. */
export function createWorkbench({
  training = false,
  dtype = 'float64',
  seed = 1,
}: WorkbenchOptions = {}): Workbench {
  const declared = createStepContext({ training });
  const remembered = new Map<string, Value>();
  const convert = (v: Value): Value => (isFloating(v.dtype) ? valueOf(numbersOf(v), v.shape, dtype) : v);
  const symbol = (name: string, v: Value): Tensor => {
    const converted = convert(v);
    remembered.set(name, converted);
    return input(name, converted.shape, converted.dtype);
  };
  return {
    ctx: inDtype(declared.ctx, dtype),
    noise: declared.noise,
    scalars: declared.scalars,
    bufferUpdates: declared.bufferUpdates,
    symbol,
    symbols: (values, prefix) => mapTree(values, (v, path) => symbol(`${prefix}/${path}`, v)),
    evaluate(outputs, { feeds = {}, call = 0 } = {}) {
      const rng = createRng(seed);
      const noise = declared.noise.map(({ name, shape, distribution }) => {
        const sizes = shape.map((d) => (typeof d === 'number' ? d : 1));
        return [name, rng.child(name).draw(sizes, distribution, call)] as const;
      });
      const scalars = declared.scalars.map(
        ({ name, value }) => [name, valueOf(typeof value === 'function' ? value(call) : value)] as const,
      );
      const plain = new Set([...noise, ...scalars].map(([name]) => name));
      const results = evaluate(Object.fromEntries(outputs.map((output, i) => [String(i), output])), {
        ...Object.fromEntries([...remembered, ...noise, ...scalars]),
        ...Object.fromEntries(
          // Noise and scalars are declared as float32 whatever the bench's dtype.
          Object.entries(feeds).map(([name, v]) => [name, plain.has(name) ? v : convert(v)]),
        ),
      });
      return outputs.map((_, i) => results[String(i)] as Value);
    },
  };
}

/** A context whose noise and scalars are cast to `dtype`, so that a program of that dtype can use them. */
const inDtype = (ctx: StepContext, dtype: 'float32' | 'float64'): StepContext => {
  const cast = (x: Tensor): Tensor => (isFloating(x.dtype) && x.dtype !== dtype ? x.cast(dtype) : x);
  return {
    training: ctx.training,
    path: ctx.path,
    conditions: ctx.conditions,
    child: (name) => inDtype(ctx.child(name), dtype),
    noise: (name, shape, distribution) => cast(ctx.noise(name, shape, distribution)),
    scalar: (name, value) => cast(ctx.scalar(name, value)),
    updateBuffer: (name, next) => ctx.updateBuffer(name, next),
    expose: (name, value) => ctx.expose?.(name, value),
  };
};
