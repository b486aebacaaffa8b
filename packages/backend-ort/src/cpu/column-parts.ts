import { gather, reshape, type Tensor } from '@ganymede/tensor';
import { elements } from './rule.js';

/** Elements copied at a time: 4 MiB of float32. More falls out of the cache before it is multiplied. */
export const PART = 2 ** 20;

/** The batch (axis 0) of `image` in as few equal parts as keep within `part` elements at `perImage` each. */
export const batchParts = (image: Tensor, perImage: number, part = PART): readonly Tensor[] =>
  equalParts(image, partCount(Number(image.shape[0]), perImage, part));

/** The fewest equal parts of so many images that keep within `part` elements at `perImage` each. */
export function partCount(batch: number, perImage: number, part: number): number {
  let count = Math.min(batch, Math.ceil((batch * perImage) / part));
  while (batch % count !== 0) count++;
  return count;
}

/** `x` in `count` equal parts along axis 0. */
export function equalParts(x: Tensor, count: number): readonly Tensor[] {
  if (count === 1) return [x];
  const size = Number(x.shape[0]) / count;
  return Array.from({ length: count }, (_, i) => x.slice(0, i * size, (i + 1) * size));
}

/**
 * What windows see, `[rows, columns]`, in parts of whole images, at most `part` elements each: they stay in the cache until
 * they are multiplied. One part where `columns` is no copy of pixels.
 */
export function columnParts(columns: Tensor, part = PART): readonly Tensor[] {
  const [copied] = columns.inputs;
  const [pixels, indices] = copied?.inputs ?? [];
  const isCopy = columns.operator.name === 'Reshape' && copied?.operator.name === 'Gather';
  if (!isCopy || copied.attributes.axis !== 1 || pixels === undefined || indices === undefined)
    return [columns];
  const [rows = 0, width = 1] = columns.shape.map(Number);
  const batch = Number(pixels.shape[0]);
  if (rows % batch !== 0) return [columns];
  const parts = batchParts(pixels, elements(columns) / batch, part);
  if (parts.length === 1) return [columns];
  return parts.map((one) => reshape(gather(one, indices, 1), [rows / parts.length, width]));
}
