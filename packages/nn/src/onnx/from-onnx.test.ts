import { createRng, createStepContext, flattenTree, mapTree, readOnnx, treePaths } from '@ganymede/core';
import * as t from '@ganymede/tensor';
import { expectClose } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { thirdParty } from '../../../tensor/test/third-party.js';
import { leakyRelu, tanh } from '../layers/activations.js';
import { batchNorm } from '../layers/batch-norm.js';
import { compose } from '../layers/compose.js';
import { conv2d } from '../layers/conv2d.js';
import { convTranspose2d } from '../layers/conv-transpose2d.js';
import { dense } from '../layers/dense.js';
import { flatten } from '../layers/reshape.js';
import { sequential } from '../layers/sequential.js';
import { fromOnnx } from './from-onnx.js';

const { ctx } = createStepContext({ training: false });
const rng = createRng(1);
const fileOf = (name: string) =>
  new URL(`../../../tensor/test/third-party/${name}.onnx`, import.meta.url).pathname;
const symbolsOf = (network: { variables: ReturnType<typeof fromOnnx>['variables'] }) =>
  mapTree(network.variables, (v, path) => t.input(path, v.shape, v.dtype));

describe.each(['vgg-17', 'resnet-21-dynamo', 'shapes-18'])('%s, made in PyTorch', (name) => {
  const { cases } = thirdParty(name);

  it("computes PyTorch's numbers and its gradient for the input", async () => {
    const network = fromOnnx(await readOnnx(fileOf(name)));
    const { x, torch, weights, gradient } = cases[0] as (typeof cases)[number];
    const symbol = t.input('images', x.shape);
    const y = network.apply(symbolsOf(network), symbol, ctx);
    const [output, ...others] = network.model.outputs;
    const all = network.outputsOf(symbolsOf(network), { [network.model.inputs[0]?.name as string]: symbol });
    expect(Object.keys(all)).toEqual([output, ...others]);
    const feeds = { images: x, ...flattenTree(network.init(rng, x.shape)) };
    expectClose(t.evaluate({ y }, feeds).y, torch[0] as t.Value, 1e-5);
    if (others.length > 0) return;
    const [g] = t.grad(y.mul(t.constant(weights[0] as t.Value)).sum(), [symbol]);
    expectClose(t.evaluate({ g }, feeds).g, gradient, 1e-5);
  });
});

describe('a network exported and imported', () => {
  const network = compose(
    {
      body: sequential(conv2d(4, { kernel: 3, stride: 2 }), batchNorm(), leakyRelu(0.2)),
      up: convTranspose2d(2, { kernel: 4, stride: 2 }),
      head: sequential(flatten(), dense(3), tanh()),
    },
    (parts, x) => parts.head(parts.up(parts.body(x)).add(x)),
  );
  const values = network.init(rng, [2, 2, 4, 4]);
  const paths = treePaths(values);
  const x = rng.child('x').draw([3, 2, 4, 4], { kind: 'normal' });

  const symbols = mapTree(values, (v, path) => t.input(path, v.shape));
  const exported = (): Uint8Array => {
    const y = network.apply(symbols, t.input('x', ['N', 2, 4, 4]), ctx);
    return t.encodeOnnx(t.optimize(t.graph({ outputs: { y } })), { initializers: flattenTree(values) });
  };
  const results = (apply: typeof network.apply) => {
    const input = t.input('x', [3, 2, 4, 4]);
    const y = apply(symbols, input, ctx);
    const leaves = flattenTree(symbols);
    const gradients = t.grad(y.square().sum(), [input, ...paths.map((path) => leaves[path] as t.Tensor)]);
    const outputs = { y, ...Object.fromEntries(gradients.map((g, i) => [String(i), g])) };
    return t.evaluate(t.graph({ outputs }), { x, ...flattenTree(values) });
  };

  it('has the same variables at the same paths', () => {
    const imported = fromOnnx(exported());
    expect(Object.keys(flattenTree(imported.variables)).sort()).toEqual([...paths].sort());
    expect(flattenTree(imported.init(rng, [1, 2, 4, 4]))).toEqual(flattenTree(values));
  });

  it('computes the same, and the same gradient for its input and all its variables', () => {
    const [before, after] = [results(network.apply), results(fromOnnx(exported()).apply)];
    for (const [key, value] of Object.entries(before)) expectClose(after[key] as t.Value, value, 1e-6, key);
  });

  it('is a part of other networks', () => {
    const whole = sequential(fromOnnx(exported()), dense(1));
    const made = whole.init(rng, [3, 2, 4, 4]);
    expect(treePaths(made)).toContain('onnx1/head/dense1/kernel');
    expect(treePaths(made)).toContain('dense1/kernel');
    const y = whole.apply(
      mapTree(made, (v) => t.constant(v)),
      t.input('x', ['N', 2, 4, 4]),
      ctx,
    );
    expect(y.shape).toEqual(['N', 1]);
  });
});

describe('options', () => {
  it('frozen: no variables, the same numbers', async () => {
    const { cases } = thirdParty('vgg-17');
    const { x, torch } = cases[0] as (typeof cases)[number];
    const network = fromOnnx(await readOnnx(fileOf('vgg-17')), { frozen: true });
    expect([network.init(rng, x.shape), network.buffers]).toEqual([{}, []]);
    const y = network.apply({}, t.input('x', x.shape), ctx);
    expectClose(t.evaluate({ y }, { x }).y, torch[0] as t.Value, 1e-5);
  });

  it('output: features of a layer, with the variables that they need and no others', async () => {
    const network = fromOnnx(await readOnnx(fileOf('vgg-17')), {
      output: '/features/features.4/Relu_output_0',
    });
    const y = network.apply(symbolsOf(network), t.input('x', ['N', 3, 16, 16]), ctx);
    expect(y.shape).toEqual(['N', 8, 8, 8]);
    expect(treePaths(network.variables)).toEqual([
      'features/0/weight',
      'features/0/bias',
      'features/3/weight',
      'features/3/bias',
    ]);
  });

  it('statistics of batch normalizations are buffers', async () => {
    const network = fromOnnx(await readOnnx(fileOf('resnet-17')));
    expect(network.buffers.length).toBeGreaterThan(0);
    for (const path of network.buffers) expect(path).toMatch(/running_(mean|var)$/);
    const statistics = treePaths(network.variables).filter((path) => /running_(mean|var)$/.test(path));
    expect([...network.buffers].sort()).toEqual(statistics.sort());
  });

  it('shape: a file exported at a fixed batch takes another', () => {
    const bytes = t.encodeOnnx(t.graph({ outputs: { y: t.relu(t.input('x', [1, 3])) } }));
    const input = t.input('x', [5, 3]);
    expect(() => fromOnnx(bytes).apply({}, input, ctx)).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_FEED', message: expect.stringContaining('[5, 3]') }),
    );
    expect(fromOnnx(bytes, { shape: ['N', 3] }).apply({}, input, ctx).shape).toEqual([5, 3]);
  });

  it('input: one of several', () => {
    const y = t.add(t.input('a', [2]), t.input('b', [2]));
    const bytes = t.encodeOnnx(t.graph({ outputs: { y } }));
    expect(() => fromOnnx(bytes)).toThrow(expect.objectContaining({ code: 'GANYMEDE_ONNX_INPUT' }));
    expect(() => fromOnnx(bytes, { input: 'c' })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_ONNX_INPUT' }),
    );
    const network = fromOnnx(bytes, { input: 'a' });
    expect(() => network.apply({}, t.input('x', [2]), ctx)).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_FEED', message: expect.stringContaining('"b"') }),
    );
    const { y: both } = network.outputsOf({}, { a: t.constant([1, 2]), b: t.constant([3, 4]) });
    expect(t.numbersOf(t.evaluate({ both: both as t.Tensor }).both)).toEqual([4, 6]);
  });

  it('refuses an output that the file does not have, and one that depends on nothing', () => {
    const bytes = t.encodeOnnx(
      t.graph({ outputs: { y: t.relu(t.input('x', [2])), one: t.identity(t.constant([1])) } }),
    );
    expect(() => fromOnnx(bytes, { output: 'z' })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_ONNX_VALUE' }),
    );
    expect(() => fromOnnx(bytes, { output: 'one' })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_ONNX_INPUT' }),
    );
  });

  it('places names that do not nest on one level', () => {
    const x = t.input('x', [2]);
    const y = x.mul(t.input('conv', [2])).add(t.input('conv.bias', [2]));
    const initializers = { conv: t.valueOf([1, 2]), 'conv.bias': t.valueOf([3, 4]) };
    const network = fromOnnx(t.encodeOnnx(t.graph({ outputs: { y } }), { initializers }));
    expect(treePaths(network.variables)).toEqual(['conv', 'conv.bias']);
    const out = network.apply(symbolsOf(network), t.constant([1, 1]), ctx);
    expect(t.numbersOf(t.evaluate({ out }, initializers).out)).toEqual([4, 6]);
  });
});
