import * as t from '@ganymede/tensor';
import { entry, indices, moved, type ProgramStep, sizes } from './program-step.js';

/** Steps that read or write at constant places, with repeats and negative indices. */
export const indexSteps: readonly ProgramStep[] = [
  {
    name: 'gather',
    apply: (x, dice) => {
      if (x.tensor.rank === 0) return undefined;
      const axis = dice(x.tensor.rank);
      const shape = dice.pick([[], [3], [2, 2]]);
      return moved(t.gather(x.tensor, indices(shape, sizes(x)[axis] as number, dice), axis), x);
    },
  },
  {
    name: 'gatherElements',
    apply: (x, dice) => {
      if (x.tensor.rank === 0) return undefined;
      const axis = dice(x.tensor.rank);
      const n = sizes(x)[axis] as number;
      const shape = sizes(x).map((d, i) => (i === axis ? 1 + dice(3) : d));
      return moved(t.gatherElements(x.tensor, indices(shape, n, dice), axis), x);
    },
  },
  {
    name: 'scatterElements',
    apply: (x, dice) => {
      if (x.tensor.rank === 0) return undefined;
      const axis = dice(x.tensor.rank);
      const shape = sizes(x).map((d, i) => (i === axis ? 2 : d));
      const updates = dice.shaped(shape);
      const at = indices(shape, sizes(x)[axis] as number, dice);
      return entry(t.scatterElements(x.tensor, at, updates.tensor, axis, 'add'), x.bound + 2 * updates.bound);
    },
  },
  {
    name: 'gatherND',
    apply: (x, dice) => {
      if (x.tensor.rank < 2) return undefined;
      const [rows = 1, columns = 1] = sizes(x);
      const at = t.concat([indices([3, 1], rows, dice), indices([3, 1], columns, dice)], 1);
      return moved(t.gatherND(x.tensor, at), x);
    },
  },
  {
    name: 'scatterND',
    apply: (x, dice) => {
      if (x.tensor.rank === 0) return undefined;
      const [rows = 1, ...rest] = sizes(x);
      const updates = dice.shaped([2, ...rest]);
      return entry(
        t.scatterND(x.tensor, indices([2, 1], rows, dice), updates.tensor, 'add'),
        x.bound + 2 * updates.bound,
      );
    },
  },
];
