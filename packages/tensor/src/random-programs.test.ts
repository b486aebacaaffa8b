import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { checkPrograms } from '../../testing/src/program/check-programs.js';
import { buildProgram, programSteps } from '../../testing/src/program/random-program.js';
import { runInRuntime } from '../test/runtime.js';
import { expectSameResults } from '../test/same-results.js';
import * as t from './index.js';

const passes = {
  eliminateDeadCode: t.eliminateDeadCode,
  foldConstants: t.foldConstants,
  mergeCommonSubexpressions: t.mergeCommonSubexpressions,
  simplifyAlgebra: t.simplifyAlgebra,
  simplifyTransposes: t.simplifyTransposes,
  optimize: t.optimize,
};

/** Asserts that numbers agree within `tolerance` times the largest of them. */
function expectClose(
  actual: readonly number[],
  wanted: readonly number[],
  tolerance: number,
  what: string,
): void {
  expect(actual.length, what).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const at = actual.findIndex((x, i) => !(Math.abs(x - (wanted[i] as number)) <= tolerance * scale));
  if (at >= 0)
    expect.fail(`${what}[${at}] is ${actual[at]} instead of ${wanted[at]}, the largest is ${scale}`);
}

it('takes every kind of step', async () => {
  const taken = new Set<string>();
  await checkPrograms(({ steps }) => void steps.map((step) => taken.add(step)), { runs: 600 });
  expect(programSteps.map(({ name }) => name).filter((name) => !taken.has(name))).toEqual([]);
});

describe('random programs', () => {
  it('compute in float32 what they compute in float64', () =>
    checkPrograms(({ program, feeds }, recipe) => {
      const exact = buildProgram(recipe, 'float64');
      const wanted = t.evaluate(exact.program, exact.feeds);
      for (const [name, x] of Object.entries(t.evaluate(program, feeds))) {
        expect(x.shape, name).toEqual(wanted[name]?.shape);
        expectClose(t.numbersOf(x), t.numbersOf(wanted[name] as t.Value), 1e-4, name);
      }
    }));

  it('have the derivatives of central differences', () =>
    checkPrograms((_, recipe) => {
      const { program, feeds, steps } = buildProgram(recipe, 'float64');
      if (steps.includes('stopGradient')) return;
      const results = t.evaluate(program, feeds);
      const loss = t.graph({ outputs: { loss: program.outputs.loss as t.Tensor } });
      // Along one direction through the space of all inputs, different for each of their elements.
      const step = 1e-6;
      const along = (i: number, k: number): number => Math.sin(1 + 3 * i + 7 * k);
      const at = (by: number): number => {
        const shifted = Object.entries(feeds).map(([name, x], i) => {
          const numbers = t.numbersOf(x).map((v, k) => v + by * along(i, k));
          return [name, t.valueOf(numbers, x.shape, 'float64')];
        });
        return t.scalarOf(t.evaluate(loss, Object.fromEntries(shifted)).loss as t.Value);
      };
      const analytic = Object.keys(feeds).reduce(
        (total, name, i) =>
          total + t.numbersOf(results[`d${name}`] as t.Value).reduce((sum, g, k) => sum + g * along(i, k), 0),
        0,
      );
      expectClose([analytic], [(at(step) - at(-step)) / (2 * step)], 1e-6, 'directional derivative');
    }));

  it('compute in ONNX Runtime what the reference computes', { timeout: 180_000 }, () =>
    checkPrograms(async ({ program, feeds }) => {
      const wanted = t.evaluate(program, feeds);
      const results = await runInRuntime(ort, t.encodeOnnx(program), feeds);
      for (const [name, x] of Object.entries(wanted)) {
        expect(results[name]?.shape, name).toEqual(x.shape);
        expectClose(results[name]?.numbers ?? [], t.numbersOf(x), 2e-4, name);
      }
    }),
  );

  it('come back from ONNX as they were, and are written to the same bytes again', { timeout: 180_000 }, () =>
    checkPrograms(({ program, feeds }) => {
      const bytes = t.encodeOnnx(program);
      expect(Buffer.compare(t.encodeOnnx(program), bytes)).toBe(0);
      expectSameResults(t.decodeOnnx(bytes).graph, program, feeds);
    }),
  );
});

describe.each(Object.entries(passes))('%s', (_, pass) => {
  it('keeps the results of random programs, bit for bit', () =>
    checkPrograms(({ program, feeds }) => expectSameResults(pass(program), program, feeds)));

  it('is stable: the same program gives the same bytes', () =>
    checkPrograms(
      (_, recipe) => {
        const [a, b] = [buildProgram(recipe), buildProgram(recipe)];
        expect(Buffer.compare(t.encodeOnnx(pass(a.program)), t.encodeOnnx(pass(b.program)))).toBe(0);
      },
      { runs: 20 },
    ));
});
