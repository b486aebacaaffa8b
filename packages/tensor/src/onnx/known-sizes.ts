import { GanymedeError } from '../error.js';
import { constantValue } from '../operators/constant.js';
import { type Dim, productOf, quotientOf, type Shape } from '../shape.js';
import { Tensor } from '../tensor.js';
import { numbersOf } from '../value.js';

/**
 * Sizes that an ONNX file computes from the shapes of its tensors, while decoding: the language has shapes, not operators
 * that read them. `scalar` tells a single size from a vector of one.
 */
export class KnownSizes {
  constructor(
    readonly sizes: Shape,
    readonly scalar = false,
  ) {}
}

/** What a name in an ONNX file stands for. */
export type Decoded = Tensor | KnownSizes;

/** The sizes that a decoded value holds, if it is one or an integer constant. */
export function sizesIn(x: Decoded): KnownSizes | undefined {
  if (x instanceof KnownSizes) return x;
  const value = constantValue(x);
  if (value === undefined || value.shape.length > 1 || !value.dtype.startsWith('int')) return undefined;
  return new KnownSizes(numbersOf(value), value.shape.length === 0);
}

type Arithmetic = (a: Dim, b: Dim) => Dim | undefined;

const arithmetic: Readonly<Record<string, Arithmetic>> = {
  Mul: (a, b) => productOf([a, b]),
  Div: (a, b) => (typeof a === 'number' && typeof b === 'number' ? Math.trunc(a / b) : quotientOf(a, b)),
  Add: (a, b) =>
    a === 0 ? b : b === 0 ? a : typeof a === 'number' && typeof b === 'number' ? a + b : undefined,
  Sub: (a, b) => (b === 0 ? a : typeof a === 'number' && typeof b === 'number' ? a - b : undefined),
};

function elementwise(f: Arithmetic, a: KnownSizes, b: KnownSizes): KnownSizes | undefined {
  const length = Math.max(a.sizes.length, b.sizes.length);
  const sizes: Dim[] = [];
  for (let i = 0; i < length; i++) {
    const size = f(a.sizes[a.sizes.length === 1 ? 0 : i] ?? 1, b.sizes[b.sizes.length === 1 ? 0 : i] ?? 1);
    if (size === undefined) return undefined;
    sizes.push(size);
  }
  return new KnownSizes(sizes, a.scalar && b.scalar);
}

function slice(
  x: KnownSizes,
  [starts, ends, , steps]: readonly (KnownSizes | undefined)[],
): KnownSizes | undefined {
  const n = x.sizes.length;
  const at = (bound: number): number => Math.max(0, Math.min(n, bound < 0 ? bound + n : bound));
  if (starts === undefined || ends === undefined || Number(steps?.sizes[0] ?? 1) !== 1) return undefined;
  return new KnownSizes(x.sizes.slice(at(Number(starts.sizes[0])), at(Number(ends.sizes[0]))));
}

/**
 * Computes a node whose inputs are sizes; `undefined` if the node does something else with them. `Shape` makes sizes of any
 * tensor.
 */
export function computeSizes(
  opType: string,
  inputs: readonly (Decoded | undefined)[],
  attribute: (name: string) => number | undefined,
): KnownSizes | undefined {
  const [first] = inputs;
  if (opType === 'Shape' && first instanceof Tensor) {
    const end = attribute('end');
    return new KnownSizes(first.shape.slice(attribute('start') ?? 0, end));
  }
  if (!inputs.some((x) => x instanceof KnownSizes)) return undefined;
  const known = inputs.map((x) => (x === undefined ? undefined : sizesIn(x)));
  const [a, b] = known;
  if (a === undefined) return undefined;
  const operation = arithmetic[opType];
  if (operation !== undefined) return b && elementwise(operation, a, b);
  switch (opType) {
    case 'Gather':
      return (
        b &&
        new KnownSizes(
          b.sizes.map((i) => a.sizes.at(Number(i)) ?? 0),
          b.scalar,
        )
      );
    case 'Concat':
      return known.some((x) => x === undefined)
        ? undefined
        : new KnownSizes(known.flatMap((x) => x?.sizes ?? []));
    case 'Slice':
      return slice(a, known.slice(1));
    case 'Unsqueeze':
      return new KnownSizes(a.sizes);
    case 'Squeeze':
      return new KnownSizes(a.sizes, true);
    case 'Cast':
    case 'Identity':
      return a;
    default:
      return undefined;
  }
}

/** Refuses sizes where a tensor is needed. */
export function refuseSizes(opType: string, { sizes }: KnownSizes): never {
  throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
    message: `operator ${opType} computes with the sizes [${sizes.join(', ')}], which are not known before the graph runs`,
    hint: 'export the model with fixed sizes',
    data: { operator: opType },
  });
}
