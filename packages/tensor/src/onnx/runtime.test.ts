import * as ort from 'onnxruntime-node';
import { describe, it } from 'vitest';
import { evaluate } from '../evaluate.js';
import { operatorCases } from '../operators/operators.table.js';
import { optimize } from '../passes/optimize.js';
import { caseGraph } from '../../test/operator-case.js';
import { runInRuntime } from '../../test/runtime.js';
import { expectNumbers } from '../../../testing/src/test-operator.js';
import { numbersOf } from '../value.js';
import { encodeOnnx } from './encode.js';

describe.each(operatorCases.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const { program, feeds } = caseGraph(row, 'float32');
  const wanted = evaluate(program, feeds);
  const scale = row.relative ? (x: number) => Math.max(1, Math.abs(x)) : undefined;

  it('computes in ONNX Runtime what evaluate computes', async ({ skip }) => {
    if (row.notInRuntime !== undefined) skip(row.notInRuntime);
    const results = await runInRuntime(ort, encodeOnnx(program), feeds);
    for (const [name, x] of Object.entries(wanted)) {
      expectNumbers(results[name]?.numbers ?? [], numbersOf(x), 2e-5, { what: `${name}, element`, scale });
    }
  });

  it('computes the same when optimized', async ({ skip }) => {
    if (row.notInRuntime !== undefined) skip(row.notInRuntime);
    const results = await runInRuntime(ort, encodeOnnx(optimize(program)), feeds);
    for (const [name, x] of Object.entries(wanted)) {
      expectNumbers(results[name]?.numbers ?? [], numbersOf(x), 2e-5, {
        what: `optimized ${name}, element`,
        scale,
      });
    }
  });
});
