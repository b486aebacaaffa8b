import { filled, scalarOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testRegularizer } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { maxGradientPenalty } from './max-gradient-penalty.js';

testRegularizer({
  name: 'maxGradientPenalty',
  create: () => maxGradientPenalty(),
  linear: (slope) => 0.1 * slope ** 2,
});
testRegularizer({
  name: 'maxGradientPenalty, with a buffer',
  create: () => maxGradientPenalty({ weight: 3, buffer: 0.34 }),
  linear: (slope) => 3 * slope ** 2,
});

describe('maxGradientPenalty', () => {
  /** Slope of ½x² is x; real and generated samples are equal, so that the points are these. */
  function build(points: readonly number[], state?: { points: readonly number[]; started: number }) {
    const bench = createWorkbench({ training: true });
    const real = bench.symbol('real', valueOf(points, [points.length, 1]));
    const critic = (x: Tensor) => x.square().mul(0.5);
    const regularizer = maxGradientPenalty({ weight: 1, ...(state === undefined ? {} : { buffer: 0.5 }) });
    const penalty = regularizer.penalty({
      discriminate: critic,
      real,
      fake: real,
      realLogits: critic(real),
      fakeLogits: critic(real),
      ctx: bench.ctx,
      ...(state && {
        state: {
          points: bench.symbol('points', valueOf(state.points, [state.points.length, 1])),
          started: bench.symbol('started', filled([], state.started)),
        },
      }),
    });
    const next = ['points', 'started'].map((name) => bench.bufferUpdates.get(name));
    const [value, ...kept] = bench.evaluate([penalty, ...next.filter((x) => x !== undefined)]);
    return { value: scalarOf(value as Value), kept };
  }

  it('is the square of the largest slope of the batch', () => {
    expect(build([1, -3, 2, 0.5]).value).toBe(9);
  });

  it('keeps the points with the largest slopes for the next step', () => {
    const { value, kept } = build([1, -3, 2, 0.5], { points: [0, 0], started: 0 });
    expect(value).toBe(9);
    expectClose(kept[0] as Value, [-3, 2], 1e-12, 'points');
    expectClose(kept[1] as Value, [1], 0, 'started');
  });

  it('looks at the kept points again, unless there are none yet', () => {
    const again = build([1, -3, 2, 0.5], { points: [4, -2.5], started: 1 });
    expect(again.value).toBe(16);
    expectClose(again.kept[0] as Value, [4, -3], 1e-12, 'points');
    expect(build([1, -3, 2, 0.5], { points: [4, -2.5], started: 0 }).value).toBe(9);
  });

  it('names what is missing', () => {
    const [shape, named] = [
      [4, 1],
      ['N', 1],
    ] as const;
    const { init } = maxGradientPenalty({ buffer: 0.25 });
    expect(init?.(shape)).toEqual({ points: filled([1, 1], 0), started: filled([], 0) });
    expect(maxGradientPenalty({ buffer: 0.1 }).init?.([2, 3])?.points).toEqual(filled([1, 3], 0));
    expect(() => init?.(named)).toThrow(expect.objectContaining({ code: 'GANYMEDE_NAMED_DIMENSION' }));
  });
});
