import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { Dtype, DataOf } from '../dtype.js';
import { evaluate } from '../evaluate.js';
import type { Graph } from '../graph/graph.js';
import { operatorCases } from '../operators/operators.table.js';
import { optimize } from '../passes/optimize.js';
import { caseGraph } from '../testing/operator-case.js';
import { numbersOf, type Value } from '../value.js';
import { encodeOnnx } from './encode.js';

async function runInRuntime(program: Graph, feeds: Record<string, Value>): Promise<Record<string, number[]>> {
  const session = await InferenceSession.create(encodeOnnx(program), {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
  });
  const given: Record<string, RuntimeTensor> = {};
  for (const x of program.inputs) {
    const name = String(x.attributes.name);
    const { dtype, data, shape } = feeds[name] as Value;
    given[name] = new RuntimeTensor(dtype, data as DataOf[Dtype] & Float32Array, shape);
  }
  const results = await session.run(given);
  const read = Object.entries(results).map(
    ([name, x]) => [name, Array.from(x.data as Float32Array, Number)] as const,
  );
  return Object.fromEntries(read);
}

function expectClose(actual: readonly number[], wanted: readonly number[], what: string): void {
  expect(actual.length, what).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  actual.forEach((x, i) => {
    if (!(Math.abs(x - (wanted[i] as number)) / scale < 2e-5))
      expect.fail(`${what}[${i}] is ${x} instead of ${wanted[i]}`);
  });
}

const cases = operatorCases.filter((row) => row.notInRuntime === undefined);

describe.each(cases.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const { program, feeds } = caseGraph(row, 'float32');
  const wanted = evaluate(program, feeds);

  it('computes in ONNX Runtime what evaluate computes', async () => {
    const results = await runInRuntime(program, feeds);
    for (const [name, x] of Object.entries(wanted)) expectClose(results[name] ?? [], numbersOf(x), name);
  });

  it('computes the same when optimized', async () => {
    const results = await runInRuntime(optimize(program), feeds);
    for (const [name, x] of Object.entries(wanted))
      expectClose(results[name] ?? [], numbersOf(x), `optimized ${name}`);
  });
});
