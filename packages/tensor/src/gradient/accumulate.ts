import { add } from '../operators/add.js';
import { concat } from '../operators/concat.js';
import type { Tensor } from '../tensor.js';

/**
 * Sum of the gradients that reach a tensor on several ways. Where they come from slices that share it out along one axis,
 * as the gates of an LSTM do, the sum of their zero-padded gradients is a concatenation, which is much cheaper.
 */
export function accumulate(gradients: readonly Tensor[]): Tensor {
  const [first, ...rest] = gradients as readonly [Tensor, ...Tensor[]];
  if (rest.length === 0) return first;
  return joined(gradients) ?? rest.reduce((a, b) => add(a, b), first);
}

interface Part {
  readonly content: Tensor;
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

/** Which part of one axis a gradient covers, if it is a tensor padded with zeros along that axis only. */
function partOf(g: Tensor): Part | undefined {
  const content = g.inputs[0];
  const { mode, value } = g.attributes;
  if (g.operator.name !== 'Pad' || mode !== 'constant' || value !== 0 || content === undefined)
    return undefined;
  const pads = g.attributes.pads as readonly number[];
  const padded = g.shape.flatMap((_, i) => ((pads[i] ?? 0) + (pads[g.rank + i] ?? 0) > 0 ? [i] : []));
  const [axis] = padded;
  if (axis === undefined || padded.length > 1) return undefined;
  const start = pads[axis] ?? 0;
  return { content, axis, start, end: start + Number(content.shape[axis]) };
}

/** The concatenation that the gradients add up to, if each covers a part of one axis, and all cover it exactly. */
function joined(gradients: readonly Tensor[]): Tensor | undefined {
  const parts = gradients.map(partOf).filter((part) => part !== undefined);
  const axis = parts[0]?.axis;
  if (axis === undefined || parts.length !== gradients.length || parts.some((part) => part.axis !== axis))
    return undefined;
  parts.sort((a, b) => a.start - b.start);
  const seamless = parts.every((part, i) => part.start === (i === 0 ? 0 : parts[i - 1]?.end));
  if (!seamless || parts.at(-1)?.end !== gradients[0]?.shape[axis]) return undefined;
  return concat(
    parts.map((part) => part.content),
    axis,
  );
}
