import process from 'node:process';
import { parseArgs } from 'node:util';
import { createRng } from '@ganymede/core';
import { ortBackend } from '@ganymede/backend-ort';
import { conv, grad, type Graph, graph, input, type Tensor, type Value } from '@ganymede/tensor';
import { table } from './table.js';

export const summary =
  'convolutions alone on one thread: over tiles, as training steps take them, and over columns';

/** Batch, channels, side of the image, filters, side of the kernel. */
const shapes = [
  [16, 64, 32, 64, 3],
  [32, 64, 16, 64, 3],
  [32, 64, 8, 64, 3],
  [16, 64, 24, 256, 3],
  [16, 256, 24, 64, 3],
  [16, 256, 8, 256, 3],
  [16, 32, 32, 32, 3],
  [4, 128, 64, 128, 3],
  [1, 256, 31, 512, 4],
  [4, 64, 28, 64, 5],
] as const;

/** The convolution, and the gradient of its kernel; their results added up, so that copies out do not count. */
function programs([batch, channels, side, filters, kernel]: (typeof shapes)[number]): readonly Graph[] {
  const x = input('x', [batch, side, side, channels]).transpose([0, 3, 1, 2]);
  const w = input('w', [filters, channels, kernel, kernel]);
  const y = conv(x, w, { pads: Math.floor((kernel - 1) / 2) });
  const [slope] = grad(y.square().sum(), [w]) as [Tensor];
  return [graph({ outputs: { sum: y.sum() } }), graph({ outputs: { sum: slope.sum() } })];
}

/** Least milliseconds of CPU time of each of two forms that take turns. */
async function leastTimes(
  program: Graph,
  feeds: Readonly<Record<string, Value>>,
  runs: number,
): Promise<number[]> {
  const backend = await ortBackend({ device: 'cpu', threads: 1 });
  const forms = [
    await backend.compile(program, { training: false }),
    await backend.compile(program, { training: true }),
  ];
  const least = forms.map(() => Number.POSITIVE_INFINITY);
  for (let run = 0; run < runs; run++)
    for (const [i, form] of forms.entries()) {
      const before = process.cpuUsage();
      await form.run(feeds);
      const { user, system } = process.cpuUsage(before);
      least[i] = Math.min(least[i] as number, (user + system) / 1000);
    }
  await backend.dispose();
  return least;
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { runs: { type: 'string', default: '12' } } });
  const rows: string[][] = [];
  for (const shape of shapes) {
    const [batch, channels, side, filters, kernel] = shape;
    const rng = createRng(1);
    const draw = (name: string, size: number[]) => rng.child(name).draw(size, { kind: 'normal' });
    const feeds = {
      x: draw('x', [batch, side, side, channels]),
      w: draw('w', [filters, channels, kernel, kernel]),
    };
    const cells: string[] = [];
    for (const program of programs(shape)) {
      const [columns = 0, tiles = 0] = await leastTimes(program, feeds, Number(values.runs));
      cells.push(columns.toFixed(2), tiles.toFixed(2), (tiles / columns).toFixed(2));
    }
    rows.push([`${batch} x ${channels} x ${side}² → ${filters}, ${kernel} x ${kernel}`, ...cells]);
  }
  console.log(
    table(
      ['least ms of CPU', 'columns', 'tiles', 'ratio', 'with the kernel’s gradient', 'tiles', 'ratio'],
      rows,
    ),
  );
}
