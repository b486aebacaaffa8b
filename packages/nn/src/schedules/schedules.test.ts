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

  it('piecewise changes its value at each boundary', () => {
    const steps = schedules.piecewise({ boundaries: [2, 5], values: [3, 2, 1] });
    expect(at(steps, [0, 1, 2, 4, 5, 99])).toEqual([3, 3, 2, 2, 1, 1]);
    for (const wrong of [
      { boundaries: [2], values: [1] },
      { boundaries: [5, 2], values: [1, 2, 3] },
    ]) {
      expect(() => schedules.piecewise(wrong)).toThrow(expect.objectContaining({ code: 'GANYMEDE_OPTION' }));
    }
  });

  it('can be written as data, for config files', () => {
    const read = (options: unknown) => schedules.scheduleOptions().parse(options);
    const calls = [0, 1, 3, 7, 20];
    const same = (options: unknown, schedule: schedules.Schedule) =>
      expect(at(read(options), calls)).toEqual(at(schedule, calls));
    same({ schedule: 'linear', from: 2, steps: 4 }, schedules.linear({ from: 2, to: 0, steps: 4 }));
    same({ schedule: 'cosine', from: 2, to: 1, steps: 9 }, schedules.cosine({ from: 2, to: 1, steps: 9 }));
    const staircase = { from: 8, factor: 0.5, steps: 2, staircase: true };
    same({ schedule: 'exponential', ...staircase }, schedules.exponentialDecay(staircase));
    const piecewise = { boundaries: [2], values: [1, 3] };
    same({ schedule: 'piecewise', ...piecewise }, schedules.piecewise(piecewise));
    same({ schedule: 'warmup', steps: 3, next: 6 }, schedules.warmup(3, 6));
    same(
      { schedule: 'warmup', steps: 3, next: { schedule: 'linear', from: 2, steps: 4 } },
      schedules.warmup(3, schedules.linear({ from: 2, to: 0, steps: 4 })),
    );
    expect(() => read({ schedule: 'linear', from: 2 })).toThrow();
    expect(() => read({ schedule: 'sawtooth' })).toThrow();
  });
});
