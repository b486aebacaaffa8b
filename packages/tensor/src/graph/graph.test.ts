import { expect, it } from 'vitest';
import * as t from '../index.js';

it('finds inputs and orders nodes after their inputs', () => {
  const [a, b] = [t.input('a', [2]), t.input('b', [2])];
  const y = t.add(t.mul(a, b), a);
  const program = t.graph({ outputs: { y, a }, name: 'program' });
  expect(program.name).toBe('program');
  expect(program.inputs).toEqual([a, b]);
  expect(program.nodes.map(({ operator }) => operator.name)).toEqual(['Input', 'Input', 'Mul', 'Add']);
});

it('holds each node once', () => {
  let x = t.input('x', [2]);
  for (let i = 0; i < 60; i++) x = t.add(x, x);
  expect(t.graph({ outputs: { x } }).nodes.length).toBe(61);
});

it('refuses two inputs of one name', () => {
  const y = t.add(t.input('x', [2]), t.input('x', [2]));
  expect(() => t.graph({ outputs: { y }, name: 'step' })).toThrow(
    /graph "step": two different inputs are named "x"/,
  );
  expect(() => t.graph({ outputs: { y } })).toThrow(
    expect.objectContaining({ code: 'GANYMEDE_DUPLICATE_INPUT' }),
  );
});

it('is not affected by later changes of the record it was made from', () => {
  const outputs: Record<string, t.Tensor> = { y: t.input('x', [2]) };
  const program = t.graph({ outputs });
  outputs.z = t.constant(1);
  expect(Object.keys(program.outputs)).toEqual(['y']);
});
