import { expect, it } from 'vitest';
import { collect, count, port, seed } from './flag-values.js';

it.each([
  [count, '3', 3],
  [seed, '0', 0],
  [seed, '4294967295', 4294967295],
  [port, '0', 0],
  [port, '65535', 65535],
])('reads %o of "%s"', (read, text, value) => expect(read(text)).toBe(value));

it.each([
  [count, '0'],
  [count, '-1'],
  [count, '1.5'],
  [count, 'many'],
  [count, ''],
  [count, ' '],
  [count, 'NaN'],
  [seed, '-1'],
  [seed, '4294967296'],
  [port, '65536'],
])('%o refuses "%s"', (read, text) => expect(() => read(text)).toThrow(/^Expected a /));

it('collects a repeated flag', () => expect(collect('b', collect('a'))).toEqual(['a', 'b']));
