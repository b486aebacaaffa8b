import * as t from '@ganymede/tensor';
import { type BackendCase, sample, wholes } from './backend-case.js';

const real = (name: string, ...shape: t.Dim[]) => t.input(name, shape, 'float32');

/** Reductions, shapes, indices, named dimensions, constants, outputs that stay on the device. */
export const structureCases: readonly BackendCase[] = [
  {
    name: 'reductions',
    build: () => {
      const x = real('x', 3, 4, 5);
      return {
        sum: x.sum(),
        rows: x.sum([0, 2]),
        kept: x.mean([1, 2], true),
        mean: x.mean(0),
        max: x.max(-1),
        min: x.min([0, 1]),
        product: t.prod(x, 2),
        log: t.logSumExp(x, 1),
        where: t.argMax(x, 1),
        least: t.argMin(x, 2),
        first: x.sum([0, 1], true),
        last: x.mean([0, 1]),
      };
    },
    feeds: [{ x: sample([3, 4, 5], 1) }],
  },
  {
    name: 'shapes',
    build: () => {
      const x = real('x', 2, 3, 4);
      const parts = t.split(x, 2, 2);
      return {
        reshaped: x.reshape([4, -1]),
        flat: t.flatten(x),
        swapped: x.transpose([2, 0, 1]),
        wide: real('r', 1, 4).expand([3, 4]),
        joined: t.concat([x, x.neg()], 1),
        stacked: t.stack([x, x], 0),
        tail: x.slice(1, -2),
        every: x.slice(2, 0, 4, 2),
        padded: t.pad(x, [0, 1, 0, 1, 0, 2]),
        tiled: t.tile(x, [1, 2, 1]),
        part: parts[1] as t.Tensor,
        thin: t.squeeze(t.unsqueeze(x, [0]), [0]),
      };
    },
    feeds: [{ x: sample([2, 3, 4], 2), r: sample([1, 4], 3) }],
  },
  {
    name: 'indices: gather, scatter, one-hot, cumulative sum, and the gradient of a gather with repeats',
    build: () => {
      const table = real('table', 6, 3);
      const ids = t.input('ids', [4, 2], 'int64');
      const columns = t.input('columns', [6, 1], 'int64');
      const rows = t.gather(table, ids);
      return {
        rows,
        picked: t.gatherElements(table, columns, 1),
        hot: t.oneHot(ids, 6),
        running: t.cumSum(table, 0),
        scattered: t.scatterElements(table, columns, real('u', 6, 1), 1),
        gradient: t.grad(rows.mul(rows).sum(), [table])[0] as t.Tensor,
      };
    },
    feeds: [
      {
        table: sample([6, 3], 4),
        ids: wholes([4, 2], 5, 6),
        columns: wholes([6, 1], 6, 3),
        u: sample([6, 1], 7),
      },
    ],
  },
  {
    name: 'softmax and its gradient',
    build: () => {
      const x = real('x', 4, 5);
      const log = t.logSoftmax(x, -1);
      return { soft: t.softmax(x, -1), log, gradient: t.grad(log.slice(1, 0, 2).sum(), [x])[0] as t.Tensor };
    },
    feeds: [{ x: sample([4, 5], 8, 10) }],
  },
  {
    name: 'named dimensions at two sizes',
    build: () => {
      const x = real('x', 'N', 6);
      return {
        y: t
          .matmul(x, real('w', 6, 4))
          .tanh()
          .reshape(['N', 2, 2]),
        mean: x.mean(0),
      };
    },
    feeds: [
      { x: sample([2, 6], 9), w: sample([6, 4], 10) },
      { x: sample([5, 6], 11), w: sample([6, 4], 10) },
    ],
  },
  {
    name: 'constants are not fed',
    build: () => {
      const w = real('w', 3, 4);
      return { y: t.matmul(real('x', 2, 3), w), doubled: w.mul(2) };
    },
    options: { constants: { w: sample([3, 4], 12) } },
    feeds: [{ x: sample([2, 3], 13) }, { x: sample([2, 3], 14) }],
  },
  {
    name: 'an input that is an output, and one output under two names',
    build: () => {
      const x = real('x', 3);
      const y = x.mul(2);
      return { same: x, y, again: y };
    },
    feeds: [{ x: sample([3], 15) }],
  },
  {
    name: 'outputs that may stay on the device',
    build: () => ({ next: real('x', 4, 4).mul(0.5), counted: t.input('count', [], 'int64').add(1) }),
    options: { resident: ['next', 'counted'] },
    feeds: [{ x: sample([4, 4], 16), count: t.valueOf(3, [], 'int64') }],
  },
];
