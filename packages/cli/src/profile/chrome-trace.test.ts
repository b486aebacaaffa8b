import type { KernelRun, RunProfile } from '@ganymede/core';
import { expect, it } from 'vitest';
import { chromeTrace } from './chrome-trace.js';

const kernel = (run: number, scope: string, start: number, milliseconds: number): KernelRun => ({
  ...{ run, scope, start, milliseconds, bytes: 8 },
  node: `${scope}/Add_1`,
  operator: 'Add',
});
const step = (name: string, kernels: readonly KernelRun[]) => ({
  ...{ step: name, nodes: 2, calls: 2, compileSeconds: 0, milliseconds: 1, kernelMilliseconds: 1, bytes: 8 },
  ...{ layers: [], operators: [], madeUp: [], kernels },
});
const profile: RunProfile = {
  ...{ algorithm: 'a', backend: 'b', batchSize: 1 },
  steps: [
    step('train', [
      kernel(0, 'net/first', 7, 1),
      kernel(0, 'net/first', 8, 0.5),
      kernel(0, 'gradient/net/first', 9, 1),
      kernel(1, 'gradient/net/first', 12, 1),
    ]),
    step('empty', []),
    step('other', [kernel(0, '', 3, 2)]),
  ],
};
const { traceEvents } = chromeTrace(profile);
const spans = (pid: number, cat: string) =>
  traceEvents
    .filter((event) => event.ph === 'X' && event.pid === pid && event.cat === cat)
    .map(({ name, ts, dur }) => [name, ts, dur]);

it('nests calls, layers and kernels in microseconds', () => {
  expect(spans(1, 'calls')).toEqual([
    ['call 1', 0, 3000],
    ['call 2', 5000, 1000],
  ]);
  expect(spans(1, 'layers')).toEqual([
    ['net/first', 0, 1500],
    ['gradient/net/first', 2000, 1000],
    ['gradient/net/first', 5000, 1000],
  ]);
  expect(spans(1, 'kernels').length).toBe(4);
  const gradient = traceEvents.find(({ cat, ts }) => cat === 'kernels' && ts === 2000);
  expect(gradient?.args).toEqual({ node: 'gradient/net/first/Add_1', layer: 'net/first', call: 0, bytes: 8 });
});

it('puts steps one after the other, each with its name', () => {
  // The first ends at 6 ms, the second has nothing; a millisecond lies after each.
  expect(spans(3, 'calls')).toEqual([['call 1', 8000, 2000]]);
  expect(spans(3, 'layers')).toEqual([['(no layer)', 8000, 2000]]);
  const named = traceEvents.filter(({ name }) => name === 'process_name').map(({ args }) => args?.name);
  expect(named).toEqual(['step train', 'step empty', 'step other']);
});
