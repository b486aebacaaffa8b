import type { Dtype } from '../dtype.js';
import { cast } from '../operators/cast.js';
import { concat } from '../operators/concat.js';
import { constant, constantValue } from '../operators/constant.js';
import { div } from '../operators/div.js';
import { ones } from '../operators/full.js';
import { mul } from '../operators/mul.js';
import { sum } from '../operators/reduce-sum.js';
import { reshape } from '../operators/reshape.js';
import { shapeOf } from '../operators/shape-of.js';
import { sliceAxis } from '../operators/slice.js';
import { type Dim, factorsOf, isStatic, productOf, quotientOf, type Shape } from '../shape.js';
import { Tensor } from '../tensor.js';
import { numbersOf, valueOf } from '../value.js';
import { sizeArithmetic } from './size-arithmetic.js';

/**
 * Sizes that an ONNX file computes from the shapes of its tensors, some of them named, while decoding: the language has shapes,
 * not operators that read them. `scalar` tells a single size from a vector of one.
 */
export class KnownSizes {
  constructor(
    readonly sizes: Shape,
    readonly scalar = false,
    readonly dtype: Dtype = 'int64',
    /** The tensors whose shapes the sizes come from. */
    readonly sources: readonly Tensor[] = [],
  ) {}
}

/** What a name in an ONNX file stands for. */
export type Decoded = Tensor | KnownSizes;

/** Sizes as they are handed on: those without names are an ordinary constant. */
function settled(x: KnownSizes): Decoded {
  const { sizes, scalar, dtype } = x;
  return isStatic(sizes) ? constant(valueOf(sizes, scalar ? [] : [sizes.length], dtype)) : x;
}

/** The sizes that a decoded value holds, if it is one or a constant of rank 0 or 1. */
export function sizesIn(x: Decoded): KnownSizes | undefined {
  if (x instanceof KnownSizes) return x;
  const value = constantValue(x);
  if (value === undefined || value.shape.length > 1) return undefined;
  return new KnownSizes(numbersOf(value), value.shape.length === 0, value.dtype);
}

/** The size `dim` as a vector of one element, read from the shape of a tensor that has it, a multiple or a fraction of it. */
function readSize(dim: string, sources: readonly Tensor[]): Tensor | undefined {
  for (const x of sources) {
    for (const [axis, own] of x.shape.entries()) {
      if (typeof own !== 'string') continue;
      const [times, over] = [quotientOf(dim, own), quotientOf(own, dim)];
      const size = sliceAxis(shapeOf(x), 0, axis, axis + 1);
      if (typeof times === 'number') return times === 1 ? size : mul(size, times);
      if (typeof over === 'number') return div(size, over);
    }
  }
  return undefined;
}

/** Sizes as a tensor that the graph computes. */
export function sizesTensor({ sizes, scalar, dtype, sources }: KnownSizes): Tensor {
  const parts = sizes.map((d) => {
    if (typeof d === 'number') return constant([d], 'int64');
    const whole = readSize(d, sources);
    if (whole !== undefined) return whole;
    const { factor, names } = factorsOf(d);
    // A name that no shape has on its own is counted by summing that many ones.
    const each = names.map((name) => readSize(name, sources) ?? reshape(sum(ones([name], 'int64')), [1]));
    return each.reduce((a, b) => mul(a, b), constant([factor], 'int64'));
  });
  const [first] = parts;
  const vector = parts.length === 1 && first !== undefined ? first : concat(parts, 0);
  const shaped = scalar ? reshape(vector, []) : vector;
  return dtype === 'int64' ? shaped : cast(shaped, dtype);
}

/** Applies `f` to operands of which one may be repeated for all elements of the others. */
function elementwise(
  f: (...sizes: readonly Dim[]) => Dim | undefined,
  operands: readonly KnownSizes[],
): KnownSizes | undefined {
  const length = Math.max(...operands.map(({ sizes }) => sizes.length));
  const sizes: Dim[] = [];
  for (let i = 0; i < length; i++) {
    const size = f(...operands.map((x) => x.sizes[x.sizes.length === 1 ? 0 : i] ?? 1));
    if (size === undefined) return undefined;
    sizes.push(size);
  }
  return new KnownSizes(
    sizes,
    operands.every((x) => x.scalar),
    operands.at(-1)?.dtype,
  );
}

function slice(
  { sizes, dtype }: KnownSizes,
  [starts, ends, , steps]: readonly (KnownSizes | undefined)[],
): KnownSizes | undefined {
  const [start, end, step = 1] = [starts, ends, steps].map((x) => x?.sizes[0]);
  if (typeof start !== 'number' || typeof end !== 'number' || typeof step !== 'number') return undefined;
  const n = sizes.length;
  const at = (bound: number): number => (bound < 0 ? bound + n : bound);
  if (step === 1)
    return new KnownSizes(sizes.slice(Math.max(0, at(start)), Math.max(0, at(end))), false, dtype);
  const whole = step === -1 && at(start) >= n - 1 && at(end) < 0;
  return whole ? new KnownSizes([...sizes].reverse(), false, dtype) : undefined;
}

/** Operators that move sizes about; `attribute` reads a number. */
function rearranged(
  opType: string,
  [a, ...others]: readonly [KnownSizes, ...(KnownSizes | undefined)[]],
  attribute: (name: string) => number | undefined,
): KnownSizes | undefined {
  const [b] = others;
  switch (opType) {
    case 'Gather':
      return (
        b &&
        new KnownSizes(
          b.sizes.map((i) => a.sizes.at(Number(i)) ?? 0),
          b.scalar,
          a.dtype,
        )
      );
    case 'Concat':
      return others.includes(undefined)
        ? undefined
        : new KnownSizes(
            [a, ...others].flatMap((x) => x?.sizes ?? []),
            false,
            a.dtype,
          );
    case 'Slice':
      return slice(a, others);
    case 'Unsqueeze':
      return a.scalar ? new KnownSizes(a.sizes, false, a.dtype) : undefined;
    case 'Squeeze':
      return a.sizes.length === 1 ? new KnownSizes(a.sizes, true, a.dtype) : undefined;
    case 'Reshape':
      return b === undefined || b.sizes.length > 1
        ? undefined
        : new KnownSizes(a.sizes, b.sizes.length === 0, a.dtype);
    case 'ReduceProd':
      return new KnownSizes([productOf(a.sizes)], attribute('keepdims') === 0, a.dtype);
    default:
      return undefined;
  }
}

/**
 * Computes a node of sizes of which some are named; `undefined` if the node does something else with them. `Shape` and `Size`
 * make sizes of any tensor.
 */
export function computeSizes(
  opType: string,
  inputs: readonly (Decoded | undefined)[],
  attribute: (name: string) => number | undefined,
  dtype: Dtype | undefined,
): Decoded | undefined {
  const result = compute(opType, inputs, attribute, dtype);
  if (!(result instanceof KnownSizes)) return result;
  const sources = inputs.flatMap((x) => (x instanceof KnownSizes ? x.sources : []));
  const [first] = inputs;
  const read = sources.length === 0 && first instanceof Tensor ? [first] : sources;
  return new KnownSizes(result.sizes, result.scalar, result.dtype, [...new Set(read)]);
}

function compute(
  opType: string,
  inputs: readonly (Decoded | undefined)[],
  attribute: (name: string) => number | undefined,
  dtype: Dtype | undefined,
): Decoded | undefined {
  const [first] = inputs;
  if (opType === 'Shape' && first !== undefined) {
    const shape = first instanceof Tensor ? first.shape : first.scalar ? [] : [first.sizes.length];
    return settled(new KnownSizes(shape.slice(attribute('start') ?? 0, attribute('end'))));
  }
  if (opType === 'Size' && first instanceof Tensor)
    return settled(new KnownSizes([productOf(first.shape)], true));
  if (!inputs.some((x) => x instanceof KnownSizes)) return undefined;
  const known = inputs.map((x) => (x === undefined ? undefined : sizesIn(x)));
  const [a] = known;
  if (a === undefined) return undefined;
  if (opType === 'Identity') return a;
  if (opType === 'Cast') return dtype && settled(new KnownSizes(a.sizes, a.scalar, dtype));
  const operation = sizeArithmetic[opType];
  const complete = known.filter((x) => x !== undefined);
  if (operation !== undefined) {
    if (complete.length < known.length) return undefined;
    const result = elementwise(operation, complete);
    return result && settled(result);
  }
  const moved = rearranged(opType, [a, ...known.slice(1)], attribute);
  return moved && settled(moved);
}
