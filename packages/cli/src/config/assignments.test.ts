import { describe, expect, it } from 'vitest';
import { parseAssignments } from './assignments.js';

describe('parseAssignments', () => {
  it('sorts values to algorithm, data and backend, and opens groups', () => {
    const { algorithm, data, backend } = parseAssignments([
      'width=32',
      'pretrain.rate=1e-3',
      'pretrain.epochs=2',
      'data.size=64',
      'backend.threads=1',
      'data=x',
    ]);
    expect(algorithm).toEqual({ width: 32, pretrain: { rate: 0.001, epochs: 2 }, data: 'x' });
    expect(data).toEqual({ size: 64 });
    expect(backend).toEqual({ threads: 1 });
  });

  it.each([
    ['a=1', 1],
    ['a=-0.5', -0.5],
    ['a=true', true],
    ['a=null', null],
    ['a=[2,3]', [2, 3]],
    ['a={"b":1}', { b: 1 }],
    ['a=text', 'text'],
    ['a="12"', '12'],
    ['a=', ''],
    ['a=b=c', 'b=c'],
    ['a=[2,', '[2,'],
  ])('reads the value of %s', (text, value) => {
    expect(parseAssignments([text]).algorithm).toEqual({ a: value });
  });

  it('lets the last assignment of a key count', () => {
    expect(parseAssignments(['a=1', 'a=2']).algorithm).toEqual({ a: 2 });
    expect(parseAssignments(['a=1', 'a.b=2']).algorithm).toEqual({ a: { b: 2 } });
  });

  it.each(['width', '=3', '.a=3', 'a..b=3', 'a.=3', '__proto__.x=1', ''])('refuses "%s"', (text) => {
    expect(() => parseAssignments([text])).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_USAGE', message: expect.stringContaining(`"${text}"`) }),
    );
  });
});
