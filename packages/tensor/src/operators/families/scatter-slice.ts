import { GanymedeError } from '../../error.js';
import { site } from '../../scope.js';
import { type Dim, formatShape, type Shape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { pad } from '../pad.js';
import { reshape } from '../reshape.js';
import { type SliceRange, slice } from '../slice.js';

/** Puts `step - 1` zeros after each element of `axis` but the last. */
function spread(g: Tensor, axis: number, n: number, step: number): Tensor {
  const before = g.shape.slice(0, axis);
  const after = g.shape.slice(axis + 1);
  const pads = new Array<number>(2 * (g.rank + 1)).fill(0);
  pads[g.rank + 1 + axis + 1] = step - 1;
  const columns = pad(reshape(g, [...before, n, 1, ...after]), pads);
  const merged = reshape(columns, [...before, n * step, ...after]);
  return slice(merged, { axes: [axis], starts: [0], ends: [(n - 1) * step + 1] });
}

/** A tensor of `shape` that is 0 but for `g` where the slice `range` reads: the transpose of a slice. */
export function scatterSlice(g: Tensor, shape: Shape, { axes, starts, steps = [] }: SliceRange): Tensor {
  const pads = new Array<number>(2 * g.rank).fill(0);
  let placed = g;
  axes.forEach((axis, i) => {
    const d: Dim = shape[axis] ?? 1;
    const n: Dim = g.shape[axis] ?? 1;
    if (typeof d !== 'number' || typeof n !== 'number') {
      throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
        message: `${site('gradient of Slice')}: the size of axis ${axis} of ${formatShape(shape)} must be known`,
        hint: 'build this program at fixed sizes',
      });
    }
    const step = steps[i] ?? 1;
    let start = starts[i] ?? 0;
    const width = n === 0 ? 0 : (n - 1) * Math.abs(step) + 1;
    if (step < 0) {
      placed = slice(placed, { axes: [axis], starts: [n - 1], ends: [-Infinity], steps: [-1] });
      start -= width - 1;
    }
    if (Math.abs(step) > 1 && n > 1) placed = spread(placed, axis, n, Math.abs(step));
    pads[axis] = start;
    pads[g.rank + axis] = d - start - width;
  });
  return pad(placed, pads);
}
