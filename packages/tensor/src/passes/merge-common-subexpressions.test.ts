import { expect, it } from 'vitest';
import { graph } from '../graph/graph.js';
import * as t from '../index.js';
import { operatorCounts } from '../../test/same-results.js';
import { mergeCommonSubexpressions } from './merge-common-subexpressions.js';

const x = t.input('x', [2, 3]);

it('merges equal operators on equal inputs, constants included', () => {
  const y = t.sub(t.tanh(t.add(x, 1)), t.exp(t.tanh(t.add(x, 1))));
  const result = mergeCommonSubexpressions(graph({ outputs: { y } }));
  expect(operatorCounts(result)).toEqual({ Input: 1, Constant: 1, Add: 1, Tanh: 1, Exp: 1, Sub: 1 });
});

it('keeps what differs in attributes, dtype or the sign of zero', () => {
  const outputs = {
    a: t.sum(x, 0),
    b: t.sum(x, 1),
    c: t.leakyRelu(x, 0.1),
    d: t.leakyRelu(x, 0.2),
    e: t.clip(x, -Infinity, 1),
    f: t.clip(x, Number.NaN, 1),
    g: t.div(1, t.mul(x, 0)),
    h: t.div(1, t.mul(x, -0)),
    i: t.cast(t.constant(1, 'int32'), 'bool'),
    j: t.cast(t.constant(1, 'int64'), 'bool'),
  };
  const program = graph({ outputs });
  const merged = operatorCounts(mergeCommonSubexpressions(program));
  // The two constants 1 that are divided are one.
  expect(merged).toEqual({ ...operatorCounts(program), Constant: 5 });
});

it('keeps every tap, whose reports are counted', () => {
  const y = t.add(t.tap(x, 'a'), t.tap(x, 'a'));
  expect(operatorCounts(mergeCommonSubexpressions(graph({ outputs: { y } }))).Tap).toBe(2);
});

it('compares constants by content', () => {
  const large = t.valueOf(new Array<number>(1000).fill(1));
  const other = t.valueOf(Array.from({ length: 1000 }, (_, i) => (i === 999 ? 2 : 1)));
  const copy = { ...large, data: large.data.slice() } as t.Value;
  const y = t.add(t.add(t.constant(large), t.constant(copy)), t.constant(other));
  expect(operatorCounts(mergeCommonSubexpressions(graph({ outputs: { y } }))).Constant).toBe(2);
});
