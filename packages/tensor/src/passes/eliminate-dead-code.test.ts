import { expect, it } from 'vitest';
import { graph } from '../graph/graph.js';
import * as t from '../index.js';
import { eliminateDeadCode } from './eliminate-dead-code.js';

it('keeps only what the wanted outputs need', () => {
  const [a, b] = [t.input('a', [2]), t.input('b', [2])];
  const program = graph({ outputs: { y: t.tanh(a), z: t.add(a, b) } });
  const result = eliminateDeadCode(program, { keep: ['y'] });
  expect(Object.keys(result.outputs)).toEqual(['y']);
  expect(result.inputs).toEqual([a]);
  expect(result.nodes.map(({ operator }) => operator.name)).toEqual(['Input', 'Tanh']);
});

it('drops dead nodes of a graph assembled by hand', () => {
  const x = t.input('x', [2]);
  const program = graph({ outputs: { y: t.exp(x) } });
  const result = eliminateDeadCode({ ...program, nodes: [...program.nodes, t.log(x)] });
  expect(result.nodes).toEqual(program.nodes);
});
