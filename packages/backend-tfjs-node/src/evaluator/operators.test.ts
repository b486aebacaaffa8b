import { evaluate, numbersOf, type Value } from '@ganymede/tensor';
import * as core from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '@ganymede/core';
import { caseGraph } from '../../../testing/src/operator/case-graph.js';
import { expectNumbers } from '../../../testing/src/test-operator.js';
// The operators' own rows; another package's tests are read by their path, as no package exports them.
import { operatorCases } from '../../../tensor/src/operators/operators.table.js';
import { loadTfjsNode } from '../load-tfjs-node.js';
import { tfjsNodeFolder } from '../../test/installed-tfjs-node.js';
import { createTfjsBackend } from './create-tfjs-backend.js';
import type { Tfjs } from './tfjs.js';

const name = process.env.TFJS ?? 'cpu';
const tf: Tfjs =
  name === 'tensorflow'
    ? loadTfjsNode({ packages: ['@tensorflow/tfjs-node'], from: tfjsNodeFolder }).tf
    : core;

describe(`operators on ${name}`, () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await createTfjsBackend({ tf, backendName: name });
  });
  afterAll(() => backend.dispose());

  it.each(operatorCases.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    const { program, feeds } = caseGraph(row, 'float32');
    const wanted = evaluate(program, feeds);
    const scale = row.relative ? (x: number) => Math.max(1, Math.abs(x)) : undefined;
    const before = tf.memory().numTensors;
    const executable = await backend.compile(program);
    const read = Object.entries(feeds).filter(([input]) => executable.inputs.includes(input));
    const results = await executable.run(Object.fromEntries(read));
    await executable.dispose();
    for (const [key, x] of Object.entries(wanted)) {
      const got = results[key] as Value;
      expect({ dtype: got.dtype, shape: [...got.shape] }).toEqual({ dtype: x.dtype, shape: [...x.shape] });
      expectNumbers(numbersOf(got), numbersOf(x), 1e-4, { what: `${key}, element`, scale });
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});
