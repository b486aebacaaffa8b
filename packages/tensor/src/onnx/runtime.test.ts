import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate.js';
import { operatorCases } from '../operators/operators.table.js';
import { optimize } from '../passes/optimize.js';
import { caseGraph } from '../../test/operator-case.js';
import { runInRuntime } from '../../test/runtime.js';
import { numbersOf } from '../value.js';
import { encodeOnnx } from './encode.js';

function expectClose(actual: readonly number[], wanted: readonly number[], what: string): void {
  expect(actual.length, what).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  actual.forEach((x, i) => {
    const error = Math.abs(x - (wanted[i] as number)) / scale;
    if (!(error < 2e-5)) expect.fail(`${what}[${i}] is ${x} instead of ${wanted[i]}`);
  });
}

describe.each(operatorCases.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const { program, feeds } = caseGraph(row, 'float32');
  const wanted = evaluate(program, feeds);

  it('computes in ONNX Runtime what evaluate computes', async () => {
    const results = await runInRuntime(ort, encodeOnnx(program), feeds);
    for (const [name, x] of Object.entries(wanted)) {
      expectClose(results[name]?.numbers ?? [], numbersOf(x), name);
    }
  });

  it('computes the same when optimized', async () => {
    const results = await runInRuntime(ort, encodeOnnx(optimize(program)), feeds);
    for (const [name, x] of Object.entries(wanted)) {
      expectClose(results[name]?.numbers ?? [], numbersOf(x), `optimized ${name}`);
    }
  });
});
