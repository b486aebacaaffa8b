import { describe, expect, it } from 'vitest';
import * as schedules from './index.js';

const at = (schedule: schedules.Schedule, calls: readonly number[]) => calls.map((call) => schedule(call));

describe('schedules', () => {
  it('constant', () => expect(at(schedules.constant(3), [0, 1e6])).toEqual([3, 3]));

  it('linear moves from one value to the other, then stays', () => {
    expect(at(schedules.linear({ from: 2, to: 0, steps: 4 }), [0, 1, 3, 4, 100])).toEqual([
      2, 1.5, 0.5, 0, 0,
    ]);
    expect(at(schedules.linear({ from: 0, to: 1, steps: 2, start: 10 }), [0, 10, 11, 12])).toEqual([
      0, 0, 0.5, 1,
    ]);
  });

  it('exponentialDecay multiplies by its factor per steps', () => {
    const options = { from: 8, factor: 0.5, steps: 2 };
    expect(at(schedules.exponentialDecay(options), [0, 2, 4])).toEqual([8, 4, 2]);
    expect(schedules.exponentialDecay(options)(1)).toBeCloseTo(8 * Math.SQRT1_2, 12);
    expect(at(schedules.exponentialDecay({ ...options, staircase: true }), [0, 1, 2, 3])).toEqual([
      8, 8, 4, 4,
    ]);
    expect(schedules.exponentialDecay({ ...options, floor: 3 })(100)).toBe(3);
  });

  it('cosine falls along half a wave', () => {
    const wave = schedules.cosine({ from: 3, to: 1, steps: 6 });
    for (const [call, expected] of [
      [0, 3],
      [2, 2.5],
      [6, 1],
      [9, 1],
    ] as const) {
      expect(wave(call)).toBeCloseTo(expected, 12);
    }
  });

  it('warmup grows to the next schedule, then follows it from its start', () => {
    const then = schedules.linear({ from: 4, to: 0, steps: 4 });
    expect(at(schedules.warmup(4, then), [0, 1, 3, 4, 5, 8])).toEqual([1, 2, 4, 4, 3, 0]);
    expect(at(schedules.warmup(2, 6), [0, 1, 2, 50])).toEqual([3, 6, 6, 6]);
  });
});
