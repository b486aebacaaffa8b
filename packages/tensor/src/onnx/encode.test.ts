import { fromBinary } from '@bufbuild/protobuf';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import * as t from '../index.js';
import { runInRuntime } from '../../test/runtime.js';
import { ModelProtoSchema } from './gen/onnx_pb.js';

const read = (bytes: Uint8Array) => fromBinary(ModelProtoSchema, bytes);
const encode = (outputs: Record<string, t.Tensor>, options?: t.EncodeOptions) =>
  read(t.encodeOnnx(t.graph({ outputs, name: 'program' }), options));

const x = t.input('x', ['N', 3]);

it('writes versions, names and metadata', () => {
  const model = encode(
    { y: t.tanh(x) },
    { metadata: { task: 'test', author: 'me' }, docString: 'Says what it is.' },
  );
  expect(Number(model.irVersion)).toBe(8);
  expect(model.opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([['', 17]]);
  expect(model.graph?.name).toBe('program');
  expect(model.docString).toBe('Says what it is.');
  expect(model.metadataProps.map(({ key, value }) => [key, value])).toEqual([
    ['task', 'test'],
    ['author', 'me'],
  ]);
  expect(encode({ y: t.tanh(x) }, { name: 'other' }).graph?.name).toBe('other');
});

it('names dimensions', () => {
  const dims = encode({ y: t.tanh(x) }).graph?.input[0]?.type?.value.value;
  expect(JSON.stringify(dims, (_, v) => (typeof v === 'bigint' ? Number(v) : v))).toContain(
    '"dimParam","value":"N"',
  );
});

it('names nodes by scope, operator and number', () => {
  const y = t.scope('generator/block1', () => t.add(t.tanh(t.tanh(x)), 1));
  const nodes = encode({ y: t.exp(y) }).graph?.node ?? [];
  expect(nodes.map(({ name }) => name)).toEqual([
    'generator/block1/Tanh_1',
    'generator/block1/Tanh_2',
    'generator/block1/Add_1',
    'Exp_1',
  ]);
  expect(nodes.at(-1)?.output).toEqual(['y']);
});

it('keeps names unique when inputs and outputs look like nodes', () => {
  const y = t.add(t.exp(t.input('Exp_1', [2])), t.input('constant_1', [2]).mul(2));
  const { graph } = encode({ Mul_1: y, y: t.exp(y) });
  const names = [...(graph?.input ?? []), ...(graph?.initializer ?? [])].map(({ name }) => name);
  names.push(...(graph?.node.flatMap(({ output }) => output) ?? []));
  expect(new Set(names).size).toBe(names.length);
});

it('gives one tensor several output names, and returns inputs and constants', async () => {
  const y = t.tanh(x);
  const outputs = { a: y, b: y, c: t.stopGradient(y), d: x, e: t.constant([1, 2]) };
  const results = await runInRuntime(ort, t.encodeOnnx(t.graph({ outputs })), {
    x: t.valueOf([0, 0, 0], [1, 3]),
  });
  expect(Object.keys(results)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(results.c?.numbers).toEqual([0, 0, 0]);
  expect(results.e?.numbers).toEqual([1, 2]);
});

it('writes equal constants once', () => {
  const { graph } = encode({ y: t.add(t.mul(t.add(x, 2), 2), t.sum(t.sum(x, 1, true), 1, true)) });
  expect(graph?.initializer.map(({ dataType }) => dataType)).toEqual([
    t.onnxDtype.float32,
    t.onnxDtype.int64,
  ]);
});

describe('initializers', () => {
  const w = t.input('generator/dense/kernel', [3, 2]);
  const value = t.valueOf([1, 2, 3, 4, 5, 6], [3, 2]);

  it('are in the file under the name of their input', async () => {
    const bytes = t.encodeOnnx(t.graph({ outputs: { y: t.matmul(x, w) } }), {
      initializers: { 'generator/dense/kernel': value, unused: value },
    });
    const { graph } = read(bytes);
    expect(graph?.input.map(({ name }) => name)).toEqual(['x']);
    expect(graph?.initializer.map(({ name }) => name)).toEqual(['generator/dense/kernel']);
    const results = await runInRuntime(ort, bytes, { x: t.valueOf([1, 1, 1], [1, 3]) });
    expect(results.y?.numbers).toEqual([9, 12]);
  });

  it('must fit their input', () => {
    const initializers = { 'generator/dense/kernel': t.valueOf([1, 2], [1, 2]) };
    expect(() => encode({ y: t.matmul(x, w) }, { initializers })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_FEED', message: expect.stringContaining('float32[1, 2]') }),
    );
  });
});

it('refuses an output with the name of an input', () => {
  expect(() => encode({ x: t.tanh(x) })).toThrow(
    expect.objectContaining({ code: 'GANYMEDE_DUPLICATE_NAME' }),
  );
});

it('gives the same bytes for a program built twice', () => {
  const build = (): Uint8Array => {
    const z = t.input('z', ['N', 8]);
    const h = t.scope('g', () => t.leakyRelu(t.matmul(z, t.input('w', [8, 8])), 0.2));
    const loss = t.mean(t.square(h));
    return t.encodeOnnx(t.optimize(t.graph({ outputs: { loss, g: t.grad(loss, [z])[0] as t.Tensor } })));
  };
  expect(build()).toEqual(build());
});

const waves = (length: number): number[] => Array.from({ length }, (_, i) => Math.sin(i));

describe('named dimensions', () => {
  const image = t.input('image', ['N', 2, 'H*4', 'W']);

  it.each<[string, t.Tensor]>([
    ['-1 where one size is open', t.flatten(t.input('flat', ['N', 7, 7]))],
    ['sizes read from an input', t.reshape(image, ['N', 2, 'H*2', 2, 'W'])],
    ['a fraction of a size', t.add(t.zeros(['H', 'W', 1]), t.sum(image, [0, 1, 2, 3]))],
    ['a multiple of a size', t.add(t.zeros(['W*3']), t.mean(image))],
    ['a product of sizes', t.reshape(image, ['N*W', 'H*8'])],
    ['an expansion', t.expand(t.sum(image, 1, true), ['N', 5, 'H*4', 'W'])],
    ['a mean and its gradient', t.grad(t.mean(t.tanh(image)), [image])[0] as t.Tensor],
    ['a matrix product over three axes', t.matmul(t.input('z', ['N', 'T', 4]), t.ones([4, 2]))],
    [
      'a gather and its gradient',
      t.grad(t.sum(t.tanh(t.gather(t.transpose(image, [3, 0, 1, 2]), t.constant([0, 1, 1], 'int64')))), [
        image,
      ])[0] as t.Tensor,
    ],
    [
      'nearest resizing and its gradient',
      t.grad(t.sum(t.square(t.resizeNearest(image, 2))), [image])[0] as t.Tensor,
    ],
  ])('%s', async (_, y) => {
    const feeds = {
      image: t.valueOf(waves(144), [3, 2, 8, 3]),
      flat: t.valueOf(waves(147), [3, 7, 7]),
      z: t.valueOf(waves(120), [3, 10, 4]),
    };
    const program = t.graph({ outputs: { y } });
    const wanted = t.evaluate(program, feeds).y as t.Value;
    for (const variant of [program, t.optimize(program)]) {
      const { y: result } = await runInRuntime(ort, t.encodeOnnx(variant), feeds);
      expect(result?.shape).toEqual(wanted.shape);
      const numbers = t.numbersOf(wanted);
      for (const [i, n] of (result?.numbers ?? []).entries()) expect(n).toBeCloseTo(numbers[i] as number, 4);
    }
    const decoded = t.decodeOnnx(t.encodeOnnx(program));
    expect(decoded.outputs.y?.shape).toEqual(y.shape);
    expect(t.evaluate(decoded.graph, feeds).y).toEqual(wanted);
  });

  it('need an input that carries them', () => {
    expect(() => encode({ y: t.add(t.zeros(['T', 2, 'U']), t.mean(x)) })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_NAMED_DIMENSION', message: expect.stringContaining('T') }),
    );
  });
});
