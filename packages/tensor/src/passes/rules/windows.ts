import type { Rewrite } from '../../graph/rewrite.js';
import { sameShape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';

interface Range {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

/** What a slice with step 1 takes, axis by axis. */
function rangesOf(node: Tensor): readonly Range[] | undefined {
  const { axes, starts, ends, steps } = node.attributes as Readonly<Record<string, readonly number[]>>;
  if (axes === undefined || steps?.some((step) => step !== 1)) return undefined;
  return axes.map((axis, i) => ({ axis, start: starts?.[i] ?? 0, end: ends?.[i] ?? 0 }));
}

/** The input of a concat that is exactly what the slice takes from it. */
function partOfConcat(joined: Tensor, [range, ...others]: readonly Range[]): Tensor | undefined {
  if (range === undefined || others.length > 0 || range.axis !== joined.attributes.axis) return undefined;
  let start = 0;
  for (const x of joined.inputs) {
    const end = start + Number(x.shape[range.axis]);
    if (start === range.start && end === range.end) return x;
    start = end;
  }
  return undefined;
}

/** The tensor that was padded, if the slice cuts off exactly the padding. */
function contentOfPad(padded: Tensor, ranges: readonly Range[], node: Tensor): Tensor | undefined {
  const [content] = padded.inputs;
  const pads = padded.attributes.pads as readonly number[];
  if (content === undefined || !sameShape(content.shape, node.shape)) return undefined;
  const fits = pads.slice(0, padded.rank).every((before, axis) => {
    const start = ranges.find((range) => range.axis === axis)?.start ?? 0;
    return start === before;
  });
  return fits ? content : undefined;
}

/** A slice that takes back one part of a concat, or the content of a pad, is that part. */
export const simplifyWindows: Rewrite = (node) => {
  const [x] = node.inputs;
  if (node.operator.name !== 'Slice' || x === undefined) return node;
  const ranges = rangesOf(node);
  if (ranges === undefined) return node;
  if (x.operator.name === 'Concat') return partOfConcat(x, ranges) ?? node;
  return x.operator.name === 'Pad' ? (contentOfPad(x, ranges, node) ?? node) : node;
};
