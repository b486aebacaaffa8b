import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { runInRuntime } from '../../test/runtime.js';
import { thirdParty, thirdPartyFiles } from '../../test/third-party.js';
import * as t from '../index.js';
import { ModelProtoSchema, ValueInfoProtoSchema } from './gen/onnx_pb.js';

/** Shapes under which a network whose inner sizes depend on H and W can be built. */
const shapes: Readonly<Record<string, Readonly<Record<string, t.Shape>>>> = {
  'enlarge-17': { x: ['N', 3, 'H*2', 'W*2'] },
};

function expectClose(actual: readonly number[], wanted: t.Value, tolerance: number, what: string): void {
  const numbers = t.numbersOf(wanted);
  expect(actual.length, what).toBe(numbers.length);
  const scale = Math.max(1, ...numbers.map(Math.abs));
  const worst = Math.max(...actual.map((x, i) => Math.abs(x - (numbers[i] as number)) / scale));
  if (!(worst <= tolerance)) expect.fail(`${what} is off by ${worst}, allowed ${tolerance}`);
}

describe.each(thirdPartyFiles)('%s', (name) => {
  const { bytes, cases } = thirdParty(name);
  const outputs = t.openOnnx(bytes).outputs;
  const read = () => t.decodeOnnx(bytes, { shapes: shapes[name] ?? {} });

  it('computes what PyTorch and ONNX Runtime compute', () => {
    const decoded = read();
    for (const { x, torch, runtime } of cases) {
      const results = t.evaluate(decoded.graph, { ...decoded.initializers, x });
      outputs.forEach((output, i) => {
        const y = results[output] as t.Value;
        expect(y.shape).toEqual(torch[i]?.shape);
        expectClose(t.numbersOf(y), torch[i] as t.Value, 1e-5, `${output}, against PyTorch,`);
        expectClose(t.numbersOf(y), runtime[i] as t.Value, 1e-5, `${output}, against ONNX Runtime,`);
      });
    }
  });

  it("has PyTorch's gradient for its input, in the reference and in ONNX Runtime", async () => {
    for (const { x, weights, gradient } of cases) {
      // At the sizes of the case, as a training step is built.
      const model = t.openOnnx(bytes);
      const symbol = t.input('x', x.shape);
      const built = model.build({ inputs: { x: symbol } }).outputs;
      const terms = weights.map((w, i) =>
        t.sum(t.mul(built[outputs[i] as string] as t.Tensor, t.constant(w))),
      );
      const [g] = t.grad(
        terms.reduce((a, b) => t.add(a, b)),
        [symbol],
      );
      const feeds = { ...model.initializers, x };
      expectClose(t.numbersOf(t.evaluate({ g }, feeds).g), gradient, 1e-5, 'gradient');
      const program = t.encodeOnnx(t.optimize(t.graph({ outputs: { g } })));
      const results = await runInRuntime(ort, program, feeds);
      expectClose(results.g?.numbers ?? [], gradient, 1e-5, 'gradient in ONNX Runtime');
    }
  });

  it('computes the same after being written and read again', async () => {
    const decoded = read();
    const again = t.encodeOnnx(t.optimize(decoded.graph), { initializers: decoded.initializers });
    for (const { x, torch } of cases) {
      const results = await runInRuntime(ort, again, { x });
      const reread = t.decodeOnnx(again);
      const evaluated = t.evaluate(reread.graph, { ...reread.initializers, x });
      outputs.forEach((output, i) => {
        expectClose(results[output]?.numbers ?? [], torch[i] as t.Value, 1e-5, output);
        expectClose(t.numbersOf(evaluated[output] as t.Value), torch[i] as t.Value, 1e-5, output);
      });
    }
  });
});

it('returns values in between, as ONNX Runtime computes them', async () => {
  const { bytes, cases } = thirdParty('vgg-17');
  const name = '/features/features.7/MaxPool_output_0';
  expect(t.openOnnx(bytes).values).toContain(name);
  const decoded = t.decodeOnnx(bytes, { outputs: [name] });
  const { x } = cases[0] as (typeof cases)[number];
  const features = t.evaluate(decoded.graph, { ...decoded.initializers, x })[name] as t.Value;
  // The same file with that value declared as an output.
  const model = fromBinary(ModelProtoSchema, bytes);
  model.graph?.output.push(create(ValueInfoProtoSchema, { name }));
  const results = await runInRuntime(ort, toBinary(ModelProtoSchema, model), { x });
  expectClose(results[name]?.numbers ?? [], features, 1e-6, name);
  expect(Object.keys(decoded.initializers)).toHaveLength(6);
});
