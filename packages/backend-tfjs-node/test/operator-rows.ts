import { type Backend, GanymedeError } from '@ganymede/core';
import { evaluate, numbersOf, type Value } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTfjsBackend, type Tfjs } from '../src/evaluator/index.js';
// The operators' own rows: tests of another package are read by their path, as no package exports them.
import { operatorCases } from '../../tensor/src/operators/operators.table.js';
import { caseGraph } from '../../testing/src/operator/case-graph.js';
import { expectNumbers } from '../../testing/src/test-operator.js';

/** A backend of TensorFlow.js to run the rows on. */
export interface RowSetting {
  readonly backendName: string;
  readonly load: () => Tfjs;
  /** Why nothing runs. */
  readonly skip?: string | undefined;
  /** Rows that the kernels of TensorFlow.js are known to compute otherwise, and how. */
  readonly differs?: Readonly<Record<string, string>>;
}

/**
 * Computes every row of every operator's table, with its first and second derivatives, against the reference interpreter, and
 * counts tensors before and after. A row with an operator that cannot run must be refused by code, naming it.
 */
export function testOperatorRows({ backendName, load, skip, differs = {} }: RowSetting): void {
  describe(`operators on ${backendName}`, () => {
    if (skip !== undefined) {
      it('computes what evaluate computes', (context) => context.skip(skip));
      return;
    }
    let backend: Backend;
    let tf: Tfjs;
    beforeAll(async () => {
      tf = load();
      backend = await createTfjsBackend({ tf, backendName });
    });
    afterAll(() => backend.dispose());

    it.each(operatorCases.map((row) => [row.name, row] as const))('%s', async (name, row) => {
      const { program, feeds } = caseGraph(row, 'float32');
      const before = tf.memory().numTensors;
      try {
        const executable = await backend.compile(program);
        const read = Object.entries(feeds).filter(([input]) => executable.inputs.includes(input));
        const results = await executable.run(Object.fromEntries(read));
        await executable.dispose();
        if (differs[name] === undefined)
          compare(results as Record<string, Value>, evaluate(program, feeds), row.relative);
      } catch (error) {
        if (!GanymedeError.is(error, 'GANYMEDE_BACKEND_OPERATOR')) throw error;
        const [refused] = error.data.operators as readonly string[];
        expect(program.nodes.map(({ operator }) => operator.name)).toContain(refused);
      }
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

function compare(
  results: Readonly<Record<string, Value>>,
  wanted: Readonly<Record<string, Value>>,
  relative = false,
): void {
  const scale = relative ? (x: number) => Math.max(1, Math.abs(x)) : undefined;
  for (const [key, x] of Object.entries(wanted)) {
    const got = results[key] as Value;
    expect({ dtype: got.dtype, shape: [...got.shape] }).toEqual({ dtype: x.dtype, shape: [...x.shape] });
    expectNumbers(numbersOf(got), numbersOf(x), 1e-4, { what: `${key}, element`, scale });
  }
}
