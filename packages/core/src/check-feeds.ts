import {
  formatShape,
  GanymedeError,
  type Graph,
  inputName,
  isStatic,
  sameShape,
  type TensorType,
  type Value,
} from '@ganymede/tensor';
import type { Held } from './backend.js';
import { nearest } from './nearest.js';

/** dtype and shape of every input that a compiled graph must be fed, by name. */
export type FeedSignature = ReadonlyMap<string, TensorType>;

/**
 * What a graph must be fed: its inputs but for `constants`, whose values are baked in. A constant that is no input, or does
 * not fit it, is refused (`GANYMEDE_FEED`).
 */
export function feedSignature(
  { inputs }: Graph,
  constants: Readonly<Record<string, Value>> = {},
): FeedSignature {
  const signature = new Map<string, TensorType>(inputs.map((x) => [inputName(x) as string, x]));
  for (const [name, value] of Object.entries(constants)) {
    checkConstant(signature, name, value);
    signature.delete(name);
  }
  return signature;
}

function checkConstant(signature: FeedSignature, name: string, value: Value): void {
  const type = signature.get(name);
  if (type === undefined) {
    const guess = nearest(name, signature.keys());
    throw new GanymedeError('GANYMEDE_FEED', {
      message: `constant "${name}" is not an input of the graph`,
      hint: guess === undefined ? 'name an input of the graph' : `did you mean "${guess}"?`,
      data: { input: name },
    });
  }
  if (type.dtype !== value.dtype || (isStatic(type.shape) && !sameShape(type.shape, value.shape))) {
    throw new GanymedeError('GANYMEDE_FEED', {
      message: `constant "${name}" must be ${type.dtype} ${formatShape(type.shape)}, received ${value.dtype} ${formatShape(value.shape)}`,
      data: { input: name },
    });
  }
}

/**
 * Refuses feeds that the graph did not declare: a missing or unknown name, another dtype or rank, a size that differs, or a
 * named dimension that has two sizes. Throws `GANYMEDE_FEED` naming the input.
 */
export function checkFeeds(signature: FeedSignature, feeds: Readonly<Record<string, Held>>): void {
  const sizes = new Map<string, number>();
  for (const [name, type] of signature) checkFeed(name, type, feeds[name], sizes);
  for (const [name, type] of signature) checkProducts(name, type, feeds[name] as Held, sizes);
  for (const name in feeds) {
    if (signature.has(name)) continue;
    const guess = nearest(name, [...signature.keys()]);
    throw new GanymedeError('GANYMEDE_FEED', {
      message: `"${name}" was fed, but the graph has no such input`,
      hint: guess === undefined ? `its inputs: ${listed(signature)}` : `did you mean "${guess}"?`,
      data: { input: name, known: [...signature.keys()] },
    });
  }
}

const listed = (signature: FeedSignature): string =>
  [...signature.keys()].map((name) => `"${name}"`).join(', ') || 'none';

function checkFeed(name: string, type: TensorType, fed: Held | undefined, sizes: Map<string, number>): void {
  if (fed === undefined) throw wrong(name, type, 'received nothing');
  const { dtype, shape } = fed;
  const received = `received ${dtype} ${formatShape(shape)}`;
  if (dtype !== type.dtype || shape.length !== type.shape.length) throw wrong(name, type, received);
  type.shape.forEach((want, axis) => {
    const size = shape[axis] as number;
    const known = typeof want === 'number' ? want : sizes.get(want);
    if (known === undefined) sizes.set(want as string, size);
    else if (known !== size) {
      throw wrong(
        name,
        type,
        typeof want === 'number' ? received : `${received} where ${want} is already ${known}`,
      );
    }
  });
  if (!('location' in fed) && fed.data.length !== shape.reduce((n, d) => n * d, 1)) {
    throw wrong(name, type, `${received} with ${fed.data.length} elements`);
  }
}

/** `'N*49'` must be 49 times what `'N'` is, where both are fed. */
function checkProducts(name: string, type: TensorType, fed: Held, sizes: ReadonlyMap<string, number>): void {
  type.shape.forEach((dim, axis) => {
    if (typeof dim === 'number' || !dim.includes('*')) return;
    const parts = dim.split('*').map((part) => (/^\d+$/.test(part) ? Number(part) : sizes.get(part)));
    if (parts.includes(undefined)) return;
    const size = (parts as number[]).reduce((product, d) => product * d, 1);
    if (size !== fed.shape[axis])
      throw wrong(name, type, `received ${fed.shape[axis]} where ${dim} is ${size}`);
  });
}

function wrong(name: string, { dtype, shape }: TensorType, received: string): GanymedeError {
  return new GanymedeError('GANYMEDE_FEED', {
    message: `input "${name}" wants ${dtype} ${formatShape(shape)}, ${received}`,
    hint: 'feed every input by name, with the dtype and shape it was declared with',
    data: { input: name },
  });
}
