import { GanymedeError, type Held, nearest } from '@ganymede/core';
import { formatShape, type TensorType } from '@ganymede/tensor';

/** dtype and shape of every input of a compiled graph, by name. */
export type Signature = ReadonlyMap<string, TensorType>;

/**
 * Refuses feeds that the graph did not declare: a missing or unknown name, another dtype or rank, a size that differs, or a
 * named dimension that has two sizes. Throws `GANYMEDE_FEED` naming the input.
 */
export function checkFeeds(signature: Signature, feeds: Readonly<Record<string, Held>>): void {
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

const listed = (signature: Signature): string =>
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
