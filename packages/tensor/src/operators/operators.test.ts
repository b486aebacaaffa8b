import { expect, it } from 'vitest';
import { graph } from '../graph/graph.js';
import * as language from '../index.js';
import { operators } from '../onnx/operators.js';
import { setUp } from '../../test/operator-case.js';
import { testOperator } from '../../../testing/src/test-operator.js';
import { operatorCases } from './operators.table.js';

for (const row of operatorCases) testOperator(row);

it('has a row for every operator', () => {
  const used = new Set(
    operatorCases
      .flatMap((row) => graph({ outputs: { y: setUp(row, 'float64').y } }).nodes)
      .map((x) => x.operator),
  );
  expect(operators.filter((operator) => !used.has(operator)).map(({ name }) => name)).toEqual([]);
});

it('names in every row the function that it is about', () => {
  const strangers = operatorCases.filter(
    ({ name, of = [name.split(/[ ,]/)[0] as string] }) => !of.every((one) => one in language),
  );
  expect(strangers.map(({ name }) => name)).toEqual([]);
});

it('has rows of different names', () => {
  const names = operatorCases.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
