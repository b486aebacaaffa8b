import { expect, it } from 'vitest';
import type { KernelRun } from './backend.js';
import { layerOf, summarizeKernels } from './kernel-summary.js';
import { median } from './median.js';

const kernel = (
  run: number,
  node: string,
  operator: string,
  milliseconds: number,
  bytes: number,
): KernelRun => ({
  run,
  node,
  scope: node.slice(0, Math.max(node.lastIndexOf('/'), 0)),
  operator,
  start: 0,
  milliseconds,
  bytes,
});

it('adds up medians by layer, forward and backward, and by operator', () => {
  const runs = [1, 2, 90].flatMap((factor, run) => [
    kernel(run, 'generator/conv1/Conv_1', 'Conv', 3 * factor, 100),
    kernel(run, 'generator/conv1/Add_1', 'Add', 1, 10),
    kernel(run, 'gradient/generator/conv1/Conv_1', 'Conv', 4, 50),
    kernel(run, 'gradient/gradient/generator/conv1/Conv_1', 'Conv', 1, 5),
    kernel(run, 'Mul_1', 'Mul', 0.5, 1),
    kernel(run, 'gradient/Mul_1', 'Mul', 0.25, 1),
  ]);
  expect(summarizeKernels(runs)).toEqual({
    kernelMilliseconds: 12.75,
    bytes: 167,
    layers: [
      { layer: 'generator/conv1', forward: 7, backward: 5, bytes: 165 },
      { layer: '', forward: 0.5, backward: 0.25, bytes: 2 },
    ],
    operators: [
      { operator: 'Conv', milliseconds: 11, count: 3, bytes: 155 },
      { operator: 'Add', milliseconds: 1, count: 1, bytes: 10 },
      { operator: 'Mul', milliseconds: 0.75, count: 2, bytes: 2 },
    ],
  });
  expect(summarizeKernels([])).toEqual({ kernelMilliseconds: 0, bytes: 0, layers: [], operators: [] });
});

it.each([
  ['gradient/generator/conv1', { layer: 'generator/conv1', backward: true }],
  ['gradient', { layer: '', backward: true }],
  ['gradients/conv1', { layer: 'gradients/conv1', backward: false }],
  ['', { layer: '', backward: false }],
])('takes %j for a kernel of its layer', (scope, layer) => expect(layerOf(scope)).toEqual(layer));

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
  [[], Number.NaN],
])('finds the median of %j', (numbers, middle) => expect(median(numbers)).toBe(middle));
