import { describe, expect, it } from 'vitest';
import { graph } from '../graph/graph.js';
import * as t from '../index.js';
import { operatorCases } from '../operators/operators.table.js';
import { caseGraph } from '../../test/operator-case.js';
import { randomProgram } from '../../test/random-program.js';
import { expectSameResults } from '../../test/same-results.js';
import { eliminateDeadCode } from './eliminate-dead-code.js';
import { foldConstants } from './fold-constants.js';
import { mergeCommonSubexpressions } from './merge-common-subexpressions.js';
import { optimize } from './optimize.js';
import { simplifyAlgebra } from './simplify-algebra.js';
import { simplifyTransposes } from './simplify-transposes.js';

const passes = {
  eliminateDeadCode,
  foldConstants,
  mergeCommonSubexpressions,
  simplifyAlgebra,
  simplifyTransposes,
  optimize,
};

describe.each(Object.entries(passes))('%s', (_, pass) => {
  it('keeps the results of random programs', () => {
    for (let i = 0; i < 60; i++) {
      const { program, feeds } = randomProgram();
      expectSameResults(pass(program), program, feeds);
    }
  });

  it('keeps the results of every operator and its derivatives', () => {
    for (const row of operatorCases) {
      const { program, feeds } = caseGraph(row, 'float32');
      expectSameResults(pass(program), program, feeds);
    }
  });

  it('returns the same graph when it finds nothing', () => {
    const program = graph({ outputs: { y: t.tanh(t.input('x', ['N', 2])) } });
    expect(pass(program)).toBe(program);
  });
});

it('makes random programs smaller', () => {
  for (let i = 0; i < 20; i++) {
    const { program } = randomProgram(20);
    expect(optimize(program).nodes.length).toBeLessThan(program.nodes.length);
  }
});

it('is finished after one call', () => {
  const { program } = randomProgram(20);
  const optimized = optimize(program);
  expect(optimize(optimized)).toBe(optimized);
});

it('handles programs deeper than the call stack', () => {
  let x = t.input('x', [2]);
  for (let i = 0; i < 20_000; i++) x = t.tanh(t.add(x, i % 2));
  const optimized = optimize(graph({ outputs: { x } }));
  expect(optimized.nodes.length).toBe(20_000 + 10_000 + 2);
});

it('keeps the scope of what remains', () => {
  const x = t.input('x', [2]);
  const y = t.scope('generator/block1', () => t.mul(t.tanh(t.add(x, 0)), 1));
  const { y: result } = optimize(graph({ outputs: { y } })).outputs;
  expect(result?.operator.name).toBe('Tanh');
  expect(result?.scope).toBe('generator/block1');
});
