import * as t from '@ganymede/tensor';
import { type Dice, type Entry, moved, type ProgramStep, sizes } from './program-step.js';

type Move = (x: t.Tensor, shape: readonly number[], dice: Dice) => t.Tensor | undefined;

const shuffled = (n: number, dice: Dice): number[] => {
  const list = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const k = dice(i + 1);
    [list[i], list[k]] = [list[k] as number, list[i] as number];
  }
  return list;
};

/** An axis longer than `least`. */
const axisOf = (shape: readonly number[], dice: Dice, least = 0): number | undefined => {
  const axes = shape.flatMap((d, i) => (d > least ? [i] : []));
  return axes.length === 0 ? undefined : dice.pick(axes);
};

function sliced(x: t.Tensor, shape: readonly number[], dice: Dice): t.Tensor | undefined {
  const axis = axisOf(shape, dice, 1);
  if (axis === undefined) return undefined;
  const d = shape[axis] as number;
  const start = dice(d - 1);
  const end = start + 1 + dice(d - start);
  if (dice(3) === 0)
    return t.slice(x, { axes: [axis], starts: [-1], ends: [-Infinity], steps: [-1 - dice(2)] });
  return t.slice(x, { axes: [axis - shape.length], starts: [start], ends: [end], steps: [1 + dice(2)] });
}

function reshaped(x: t.Tensor, shape: readonly number[], dice: Dice): t.Tensor {
  const at = dice(shape.length + 1);
  const merged = [...shape.slice(0, at), -1, ...shape.slice(at + 2)];
  if (dice(2) === 0 && shape.length > 0) return t.reshape(x, merged);
  const size = t.sizeOf(shape);
  const factor = [2, 3, 4, 5, 6].filter((n) => size % n === 0);
  return t.reshape(x, factor.length === 0 ? [-1] : [dice.pick(factor), -1]);
}

function padded(x: t.Tensor, shape: readonly number[], dice: Dice): t.Tensor {
  const mode = dice.pick(['constant', 'reflect', 'edge'] as const);
  const pads = [...shape, ...shape].map((d) => dice(mode === 'reflect' ? Math.min(d, 3) : 3));
  return t.pad(x, pads, { mode, ...(mode === 'constant' && { value: 0.25 * dice(3) }) });
}

function joined(x: Entry, dice: Dice): Entry | undefined {
  const shape = sizes(x);
  const axis = axisOf(shape, dice);
  if (axis === undefined) return undefined;
  const fits = dice.entries.filter(
    ({ tensor }) =>
      tensor.rank === shape.length && tensor.shape.every((d, i) => i === axis || d === shape[i]),
  );
  const y = dice.pick(fits);
  return {
    tensor: t.concat([x.tensor, y.tensor], axis),
    bound: Math.max(x.bound, y.bound),
    exact: x.exact && y.exact,
  };
}

/** Steps that move numbers and change none. */
const moves: Readonly<Record<string, Move>> = {
  transpose: (x, shape, dice) =>
    shape.length < 2 ? undefined : t.transpose(x, shuffled(shape.length, dice)),
  reshape: reshaped,
  flattenAndBack: (x, shape) => t.reshape(t.reshape(x, [-1]), shape),
  unsqueeze: (x, shape, dice) => t.unsqueeze(x, dice(shape.length + 1)),
  squeeze: (x, shape, dice) => {
    const axes = shape.flatMap((d, i) => (d === 1 ? [i] : []));
    return axes.length === 0 ? undefined : t.squeeze(x, [dice.pick(axes)]);
  },
  expand: (x, shape, dice) => t.expand(x, [1 + dice(3), ...shape.map((d) => (d === 1 ? 1 + dice(3) : d))]),
  tile: (x, shape, dice) =>
    t.tile(
      x,
      shape.map(() => 1 + dice(2)),
    ),
  slice: sliced,
  pad: padded,
  split: (x, shape, dice) => {
    const axis = axisOf(shape, dice, 1);
    if (axis === undefined) return undefined;
    const first = 1 + dice((shape[axis] as number) - 1);
    return t.split(x, [first, (shape[axis] as number) - first], axis)[dice(2)];
  },
  depthToSpace: (x, shape) =>
    shape.length === 4 && (shape[1] as number) % 4 === 0 ? t.depthToSpace(x, 2) : undefined,
  spaceToDepth: (x, shape) =>
    shape.length === 4 && shape.slice(2).every((d) => d % 2 === 0) ? t.spaceToDepth(x, 2) : undefined,
  resizeNearest: (x, shape, dice) =>
    shape.length >= 3 && shape.length <= 5 ? t.resizeNearest(x, 1 + dice(2)) : undefined,
  trilu: (x, shape, dice) =>
    shape.length < 2 ? undefined : t.trilu(x, { upper: dice(2) === 0, k: dice(3) - 1 }),
  identity: (x) => t.identity(x),
  tap: (x) => t.tap(x, 'tap'),
  cast: (x) => (x.dtype === 'float32' ? t.cast(t.cast(x, 'float64'), 'float32') : t.neg(t.neg(x))),
  stopGradient: (x) => t.stopGradient(x),
  addNothing: (x) => t.sub(t.add(t.mul(x, 1), 0), t.zeros([], x.dtype)),
};

const padding = new Set(['pad']);

/** Steps that change shapes. */
export const shapeSteps: readonly ProgramStep[] = [
  ...Object.entries(moves).map(
    ([name, move]): ProgramStep => ({
      name,
      apply: (x, dice) => {
        const y = move(x.tensor, sizes(x), dice);
        if (y === undefined) return undefined;
        return padding.has(name) ? { ...moved(y, x), bound: Math.max(x.bound, 0.5) } : moved(y, x);
      },
    }),
  ),
  { name: 'concat', apply: joined },
];
