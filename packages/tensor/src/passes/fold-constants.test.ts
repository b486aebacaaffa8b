import { expect, it } from 'vitest';
import { graph } from '../graph/graph.js';
import * as t from '../index.js';
import { constantValue } from '../operators/constant.js';
import { foldConstants } from './fold-constants.js';

it('computes what depends on constants only', () => {
  const y = t.mul(t.input('x', [2]), t.exp(t.add(t.constant([0, 1]), 1)));
  const [, factor] = foldConstants(graph({ outputs: { y } })).outputs.y?.inputs ?? [];
  const folded = factor && constantValue(factor);
  expect(folded && t.numbersOf(folded)).toEqual([Math.fround(Math.E), Math.fround(Math.E ** 2)]);
});

it('does not make files larger than allowed', () => {
  const y = t.tile(t.constant([1, 2]), [2000]);
  const program = graph({ outputs: { y } });
  expect(foldConstants(program)).toBe(program);
  expect(foldConstants(program, { growth: 20_000 }).outputs.y?.operator.name).toBe('Constant');
});

it('leaves an expanded scalar as it is', () => {
  const program = graph({ outputs: { y: t.zeros([3]) } });
  expect(foldConstants(program)).toBe(program);
});

it('keeps the scope', () => {
  const y = t.scope('loss', () => t.add(t.constant(1), 2));
  expect(foldConstants(graph({ outputs: { y } })).outputs.y?.scope).toBe('loss');
});
