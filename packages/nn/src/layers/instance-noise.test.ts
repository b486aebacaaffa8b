import { type Value, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testNetwork } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { linear } from '../schedules/linear.js';
import { instanceNoise } from './instance-noise.js';

testNetwork({ name: 'instanceNoise', create: () => instanceNoise(0.1), input: [4], output: [4] });

describe('instanceNoise', () => {
  const build = (std: Parameters<typeof instanceNoise>[0], training = true) => {
    const bench = createWorkbench({ training });
    const y = instanceNoise(std).apply({}, bench.symbol('x', valueOf([1, 2])), bench.ctx);
    const feeds = { 'noise/added': valueOf([1, -2]) };
    const at = (call: number) => bench.evaluate([y], training ? { feeds, call } : { call })[0] as Value;
    return { bench, at };
  };

  it('adds noise whose standard deviation follows the schedule', () => {
    const { bench, at } = build(linear({ from: 0.5, to: 0, steps: 10 }));
    expectClose(at(0), [1.5, 1], 1e-12, 'at first');
    expectClose(at(5), [1.25, 1.5], 1e-12, 'half-way');
    expectClose(at(10), [1, 2], 1e-12, 'at the end');
    expect(bench.noise).toMatchObject([{ shape: [2], distribution: { kind: 'normal' } }]);
  });

  it('is the identity outside training and for 0', () => {
    expectClose(build(0.5, false).at(0), [1, 2], 0, 'inference');
    expect(build(0).bench.noise).toEqual([]);
    expect(() => instanceNoise(-1)).toThrow(expect.objectContaining({ code: 'GANYMEDE_OPTION' }));
  });
});
