import fs from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { onnxOperators, operatorsMarkdown, operatorsPage, unexplained } from './generate-operators.js';
import { type DescribedOperator, describedOperators } from './operators/described-operators.js';
import { leftOut, written } from './operators/left-out.js';
import { operatorSupport } from './operators/operator-support.js';

let operators: readonly DescribedOperator[];
beforeAll(async () => {
  operators = await describedOperators();
});

it('docs/operators.md is what the code says (npm run docs:operators writes it)', async () => {
  expect(fs.readFileSync(operatorsPage, 'utf8')).toBe(await operatorsMarkdown());
});

it('every operator has a row that checks its value', () => {
  expect(operators.filter(({ rows }) => rows.length === 0).map(({ name }) => name)).toEqual([]);
});

it('every operator has checked derivatives or a reason', () => {
  const silent = operators.filter(
    ({ rows, notDifferentiable }) =>
      notDifferentiable.length === 0 && rows.every((row) => row.notDifferentiable !== undefined),
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

it('every operator of ONNX is there, written otherwise, or left out for a reason', () => {
  expect(unexplained(operators)).toEqual([]);
  const known = new Set(onnxOperators());
  const mine = new Set(operators.map(({ onnx }) => onnx));
  const stale = Object.keys({ ...written, ...leftOut }).filter((name) => !known.has(name) || mine.has(name));
  expect(stale).toEqual([]);
});

it('what was measured of backends is of functions that are there', () => {
  const names = new Set(operators.map(({ name }) => name));
  const strangers = operatorSupport().flatMap(({ functions }) =>
    Object.keys(functions).filter((name) => !names.has(name)),
  );
  expect(strangers).toEqual([]);
});
