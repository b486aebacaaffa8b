import { GanymedeError } from '../../error.js';
import { pad, type PadOptions } from '../../operators/pad.js';
import { slice } from '../../operators/slice.js';
import { normalizeAxis } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';

/** More elements added at one end of an axis than any network needs: a file that asks for them is damaged or hostile. */
const FARTHEST = 2 ** 20;

/** Pads of given axes as pads of all axes. */
function padsOfAll(pads: readonly number[], axes: readonly number[] | undefined, rank: number): number[] {
  if (axes === undefined) return [...pads];
  const all = new Array<number>(2 * rank).fill(0);
  axes.forEach((a, i) => {
    const axis = normalizeAxis(a, rank, 'Pad');
    all[axis] = pads[i] ?? 0;
    all[rank + axis] = pads[axes.length + i] ?? 0;
  });
  return all;
}

/** Pad of any opset: for all axes or some (an input since opset 18); negative pads cut off. */
export function padNode(node: ImportedNode): Tensor {
  const x = node.input(0);
  const pads = padsOfAll(node.ints(1) ?? [], node.ints(3), x.rank);
  if (pads.some((p) => Math.abs(p) > FARTHEST)) {
    throw new GanymedeError('GANYMEDE_SHAPE', { message: `Pad: no axis is padded by ${Math.max(...pads)}` });
  }
  const axes = x.shape.map((_, i) => i).filter((i) => (pads[i] ?? 0) < 0 || (pads[x.rank + i] ?? 0) < 0);
  const cut = slice(x, {
    axes,
    starts: axes.map((i) => Math.max(0, -(pads[i] ?? 0))),
    ends: axes.map((i) => ((pads[x.rank + i] ?? 0) < 0 ? (pads[x.rank + i] ?? 0) : Infinity)),
  });
  const added = pads.map((p) => Math.max(0, p));
  const [value = 0] = node.ints(2) ?? [];
  // A mode that `pad` lacks is refused by it.
  const mode = node.text('mode', 'constant') as NonNullable<PadOptions['mode']>;
  return pad(cut, added, { mode, value });
}
