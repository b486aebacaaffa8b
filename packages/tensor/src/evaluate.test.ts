import { describe, expect, it } from 'vitest';
import * as t from './index.js';

const numbers = (x: t.Value | undefined): number[] => t.numbersOf(x as t.Value);

it('computes a record of tensors or a graph', () => {
  const x = t.input('x', [2]);
  const outputs = { double: x.mul(2), half: x.div(2) };
  const feeds = { x: t.valueOf([1, 3]) };
  const results = t.evaluate(outputs, feeds);
  expect(numbers(results.double)).toEqual([2, 6]);
  expect(numbers(t.evaluate(t.graph({ outputs }), feeds).half)).toEqual([0.5, 1.5]);
});

it('gives named dimensions the sizes of the feeds', () => {
  const image = t.input('image', ['N', 1, 'H*4', 'W*4']);
  const w = t.constant(t.filled([2, 1, 4, 4], 1));
  const down = t.conv(t.conv(image, w, { strides: 2, pads: 1 }), t.constant(t.filled([1, 2, 4, 4], 1)), {
    strides: 2,
    pads: 1,
  });
  const up = t.convTranspose(down, w.transpose([1, 0, 2, 3]).slice(0, 0, 1), { strides: 2, pads: 1 });
  expect([down.shape, up.shape]).toEqual([
    ['N', 1, 'H', 'W'],
    ['N', 2, 'H*2', 'W*2'],
  ]);
  const outputs = { up: t.resizeNearest(up, 2), flat: t.flatten(down), mean: t.mean(image) };
  const results = t.evaluate(outputs, { image: t.filled([3, 1, 8, 12], 1) });
  expect(results.up?.shape).toEqual([3, 2, 8, 12]);
  expect(results.flat?.shape).toEqual([3, 6]);
});

it('reports taps in the order of computation', () => {
  const x = t.input('x', [2]);
  const y = t.tap(t.tap(x, 'input').exp(), 'exp').sum();
  const seen: [string, number[]][] = [];
  const report = (label: string, value: t.Value): void => void seen.push([label, numbers(value)]);
  t.evaluate({ y }, { x: t.valueOf([0, 0]) }, { tap: report });
  expect(seen).toEqual([
    ['input', [0, 0]],
    ['exp', [1, 1]],
  ]);
});

it('rounds float32 after every operator and keeps float64', () => {
  const y = (dtype: 'float32' | 'float64') => t.sub(t.add(t.constant(1, dtype), 1e-9), 1);
  expect(numbers(t.evaluate({ y: y('float32') }).y)).toEqual([0]);
  expect(numbers(t.evaluate({ y: y('float64') }).y)[0]).toBeCloseTo(1e-9, 15);
});

describe('feeds', () => {
  const x = t.input('x', ['N', 2]);
  const y = t.input('y', ['N']);
  const run = (feeds: Record<string, t.Value>) => () => t.evaluate({ z: t.mul(x, t.unsqueeze(y, 1)) }, feeds);
  const feedError = (message: RegExp) =>
    expect.objectContaining({ code: 'GANYMEDE_FEED', message: expect.stringMatching(message) });

  it('must be there', () => {
    expect(run({ x: t.filled([3, 2], 1) })).toThrow(feedError(/input "y" \(float32\[N\]\) has no value/));
  });

  it('must have the dtype', () => {
    expect(run({ x: t.filled([3, 2], 1, 'float64'), y: t.filled([3], 1) })).toThrow(
      feedError(/float64\[3, 2\].*is float64/),
    );
  });

  it('must have the shape, and agree on named dimensions', () => {
    expect(run({ x: t.filled([3, 4], 1), y: t.filled([3], 1) })).toThrow(feedError(/has size 4 on axis 1/));
    expect(run({ x: t.filled([3, 2], 1), y: t.filled([4], 1) })).toThrow(feedError(/N is 3 already/));
  });

  it('may hold more than is needed', () => {
    const feeds = { x: t.filled([3, 2], 1), y: t.filled([3], 2), z: t.filled([1], 1) };
    expect(numbers(run(feeds)().z)).toEqual([2, 2, 2, 2, 2, 2]);
  });
});

it('is quick enough for a small convolution', () => {
  const x = t.input('x', [8, 16, 28, 28]);
  const w = t.input('w', [32, 16, 4, 4]);
  const program = t.graph({ outputs: { y: t.conv(x, w, { strides: 2, pads: 1 }) } });
  const started = performance.now();
  t.evaluate(program, { x: t.filled([8, 16, 28, 28], 1), w: t.filled([32, 16, 4, 4], 1) });
  // 12.8 million products; measured 30 ms.
  expect(performance.now() - started).toBeLessThan(2000);
});
