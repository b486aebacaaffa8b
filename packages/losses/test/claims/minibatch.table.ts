import { createRng } from '@ganymede/core';
import { minibatchDiscrimination } from '@ganymede/nn';
import { numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { type ClaimRow, createWorkbench } from '@ganymede/testing';

const [batch, width, kernels] = [16, 4, 6];
const layer = minibatchDiscrimination({ kernels, dimensions: 5 });

/** The closeness features that the layer adds to each sample. */
function closeness(points: readonly number[]): number[][] {
  const bench = createWorkbench();
  const variables = bench.symbols(layer.init(createRng(1), ['N', width]), 'd');
  const x = bench.symbol('x', valueOf(points, [batch, width], 'float64'));
  const found = numbersOf(bench.evaluate([layer.apply(variables, x, bench.ctx)])[0] as Value);
  return rowsOf(found, width + kernels).map((row) => row.slice(width));
}
const rowsOf = (list: readonly number[], size: number): number[][] =>
  Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size));
const points = numbersOf(createRng(2).draw([batch, width], { kind: 'normal' }));

const about = 'Minibatch discrimination (Salimans et al. 2016)';
/** Rows about minibatch discrimination that are measured at once. */
export const minibatchRows: readonly ClaimRow[] = [
  {
    about,
    claim: 'a batch of 16 equal samples gives 15 for every kernel: the largest difference',
    expected: { below: 1e-12 },
    measure() {
      const equal = Array.from({ length: batch }, () => points.slice(0, width)).flat();
      return Math.max(
        ...closeness(equal)
          .flat()
          .map((o) => Math.abs(o - (batch - 1))),
      );
    },
  },
  {
    about,
    claim: 'a batch spread wide (distances above 20): the largest closeness',
    expected: { below: 1e-6 },
    measure: () => Math.max(...closeness(points.map((x) => 1000 * x)).flat()),
  },
  {
    about,
    claim: 'permuting the batch permutes the rows: the largest difference',
    expected: { below: 1e-12 },
    measure() {
      const order = Array.from(createRng(3).permutation(batch));
      const straight = closeness(points);
      const mixed = closeness(order.flatMap((i) => rowsOf(points, width)[i] as number[]));
      return Math.max(
        ...order.flatMap((i, k) =>
          (straight[i] as number[]).map((o, b) => Math.abs(o - (mixed[k]?.[b] as number))),
        ),
      );
    },
  },
];
