import { expect, it } from 'vitest';
import type { Row } from './measure-row.js';
import { performanceTable } from './performance-table.js';

const side = (name: string, median: number, least: number, mebibytes: number) => ({
  name,
  median,
  least,
  blocks: [median],
  losses: [1],
  peakMemory: mebibytes * 2 ** 20,
});

const row: Row = {
  name: 'small',
  title: 'Small',
  threads: 2,
  steps: 3,
  backend: 'ort',
  nodes: 5,
  compileMs: 250,
  operations: 2e9,
  own: side('ganymede', 20, 15, 100),
  torch: [side('pytorch nchw', 50, 12, 300), side('pytorch nhwc', 40, 30, 200)],
  torchVersion: '9.9',
};

it('counts the better layout by median, the fastest step of all layouts, and the floor', () => {
  const costs = [{ batch: 8, median: 1.234, least: 1 }];
  const text = performanceTable({ rows: [row], costs, peak: 2e11, machine: 'M', date: 'D' });
  expect(text).toContain(
    '| Small | 20.0 (15.0) | 40.0 (12.0), nhwc | **0.50** (1.25) | 10.0: 2.00x | 0.25 | 100 / 200 |',
  );
  expect(text).toContain('| ms per image, median | 1.23 |');
  expect(text.split('\n')[0]).toBe('D, M; ort; PyTorch 9.9. Product of 2048 x 2048 matrices: 200 GFLOP/s.');
});

it('leaves PyTorch out where it was not measured', () => {
  const alone = { ...row, torch: [], torchVersion: undefined };
  const text = performanceTable({ rows: [alone], costs: [], peak: 2e11, machine: 'M', date: 'D' });
  expect(text).toContain('| Small | 20.0 (15.0) |  |  | 10.0: 2.00x | 0.25 | 100 |');
});
