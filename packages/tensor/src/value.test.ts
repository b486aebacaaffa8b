import { expect, it } from 'vitest';
import { allocate, bytesPerElement, isFloating } from './dtype.js';
import { filled, firstNonFinite, numbersOf, scalarOf, value, valueOf } from './value.js';

it('wraps data without copying, and checks its length', () => {
  const data = new Float32Array([1, 2, 3, 4, 5, 6]);
  expect(value('float32', [2, 3], data).data).toBe(data);
  expect(() => value('float32', [2, 2], data)).toThrow(expect.objectContaining({ code: 'GANYMEDE_SHAPE' }));
});

it('is made from plain numbers of any dtype', () => {
  expect(valueOf(3).shape).toEqual([]);
  expect(valueOf([1, 2]).shape).toEqual([2]);
  expect(valueOf([1, -2], undefined, 'int64').data).toEqual(BigInt64Array.of(1n, -2n));
  expect(valueOf([0, 2, -1], undefined, 'bool').data).toEqual(Uint8Array.of(0, 1, 1));
  expect(numbersOf(filled([2], 7, 'int64'))).toEqual([7, 7]);
  expect(numbersOf(filled([2], 0.5))).toEqual([0.5, 0.5]);
});

it('gives the number of a one-element value', () => {
  expect(scalarOf(valueOf([5], [1, 1]))).toBe(5);
  expect(() => scalarOf(valueOf([1, 2]))).toThrow(expect.objectContaining({ code: 'GANYMEDE_SHAPE' }));
});

it('finds what is not finite', () => {
  expect(firstNonFinite(valueOf([1, 2]))).toBe(-1);
  expect(firstNonFinite(valueOf([1, Number.NaN, Infinity]))).toBe(1);
  expect(firstNonFinite(valueOf([1], undefined, 'int64'))).toBe(-1);
});

it('knows its dtypes', () => {
  expect(allocate('bool', 2)).toEqual(new Uint8Array(2));
  expect([bytesPerElement('int64'), bytesPerElement('float32')]).toEqual([8, 4]);
  expect([isFloating('float64'), isFloating('int32')]).toEqual([true, false]);
});
