import { expect, it } from 'vitest';
import { input } from './operators/input.js';
import { traceOrigins } from './origin.js';
import { processWide } from './process-wide.js';
import { scope } from './scope.js';

const lineOf = (text = ''): number => Number(/origin\.test\.ts:(\d+)/.exec(text)?.[1]);
const made = () => [input('x', [2]).exp(), lineOf(new Error().stack)] as const;

it('remembers where tensors were made, while asked to', () => {
  expect(made()[0].origin).toBeUndefined();
  const madeAt = () => '/gan.ts:3:1';
  const [y, line] = traceOrigins('nobody', () => scope('a', made, madeAt));
  expect(lineOf(y.origin?.source())).toBe(line);
  expect(lineOf(y.inputs[0]?.origin?.source())).toBe(line);
  expect(y.origin?.madeAt()).toBe('/gan.ts:3:1');
  expect(() =>
    traceOrigins('nobody', () => {
      throw new Error('broken');
    }),
  ).toThrow('broken');
  expect(input('x', [2]).origin).toBeUndefined();
});

it('is one for all copies of the package', () => {
  const first = processWide('test', { count: 1 });
  expect(processWide('test', { count: 2 })).toBe(first);
});
