import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { file, type Node, node, tensorInfo } from '../../test/onnx-file.js';
import { runInRuntime } from '../../test/runtime.js';
import * as t from '../index.js';

const numbers = (x: t.Value | undefined): number[] => t.numbersOf(x as t.Value);

const image = t.valueOf(
  Array.from({ length: 64 }, (_, i) => Math.sin(i)),
  [2, 2, 4, 4],
);
const run = (bytes: Uint8Array, feeds: Record<string, t.Value> = { x: image }): t.Value => {
  const decoded = t.decodeOnnx(bytes);
  return t.evaluate(decoded.graph, { ...decoded.initializers, ...feeds }).y as t.Value;
};

describe('a file', () => {
  const w = t.valueOf([1, 2, 3, 4], [2, 2]);
  const bytes = file([node('MatMul', ['x', 'w'], 'h'), node('Add', ['h', 'one'], 'y')], {
    inputs: [tensorInfo('x', ['N', 2]), tensorInfo('w', [2, 2]), tensorInfo('unused', [null, 3])],
    initializers: { w, one: t.valueOf(1) },
  });

  it('becomes a graph with its inputs, learned values and metadata', () => {
    const decoded = t.decodeOnnx(bytes);
    expect(decoded.inputs.map((x) => [x.attributes.name, x.shape])).toEqual([
      ['x', ['N', 2]],
      ['unused', ['unused.0', 3]],
    ]);
    expect(decoded.initializers).toEqual({ w });
    expect(decoded.graph.inputs.map((x) => x.attributes.name)).toEqual(['x', 'w']);
    expect([decoded.metadata, decoded.opset, decoded.irVersion, decoded.producer]).toEqual([
      { a: 'b' },
      17,
      8,
      'test',
    ]);
    expect(numbers(run(bytes, { x: t.valueOf([1, 1], [1, 2]) }))).toEqual([5, 7]);
  });

  it('can be differentiated for what it has learned', () => {
    const { outputs, graph, initializers } = t.decodeOnnx(bytes);
    const variable = graph.inputs.find((x) => x.attributes.name === 'w') as t.Tensor;
    const [g] = t.grad(t.sum(outputs.y as t.Tensor), [variable]);
    expect(
      numbers(t.evaluate({ g: g as t.Tensor }, { x: t.valueOf([1, 2], [1, 2]), ...initializers }).g),
    ).toEqual([1, 1, 2, 2]);
  });

  it('takes layer paths from node names', () => {
    const named = file([{ ...node('Tanh', ['x'], 'y'), name: '/generator/block1/Tanh_3' }]);
    expect(t.decodeOnnx(named).outputs.y?.scope).toBe('generator/block1');
  });
});

describe('shapes that a file computes', () => {
  it('become shapes', () => {
    const bytes = file(
      [
        node('Shape', ['x'], 'shape'),
        node('Gather', ['shape', 'zero'], 'n', { axis: 0 }),
        node('Constant', [], 'axes', { value: t.valueOf([0], [1], 'int64') }),
        node('Unsqueeze', ['n', 'axes'], 'batch'),
        node('Slice', ['shape', 'two', 'four'], 'spatial'),
        node('Concat', ['batch', 'minusOne'], 'flat', { axis: 0 }),
        node('Reshape', ['x', 'flat'], 'h'),
        node('Mul', ['batch', 'two'], 'twice'),
        node('Div', ['spatial', 'two'], 'half'),
        node('Concat', ['twice', 'four', 'half'], 'target', { axis: 0 }),
        node('Reshape', ['h', 'target'], 'y'),
      ],
      {
        initializers: {
          zero: t.valueOf(0, undefined, 'int64'),
          two: t.valueOf([2], [1], 'int64'),
          four: t.valueOf([4], [1], 'int64'),
          minusOne: t.valueOf([-1], [1], 'int64'),
        },
      },
    );
    expect(t.decodeOnnx(bytes).outputs.y?.shape).toEqual(['N*2', 4, 2, 2]);
    expect(run(bytes).shape).toEqual([4, 4, 2, 2]);
  });

  it('are counted by the graph where a value is needed', () => {
    const bytes = file([
      node('Shape', ['x'], 's'),
      node('Cast', ['s'], 'f', { to: 1 }),
      node('Sqrt', ['f'], 'y'),
    ]);
    expect(numbers(run(bytes))).toEqual([2, 2, 4, 4].map((size) => Math.fround(Math.sqrt(size))));
  });
});

it('returns a computed size, read from the shape that has it', async () => {
  const bytes = file(
    [
      node('Flatten', ['x'], 'flat', { axis: 2 }),
      node('Shape', ['flat'], 's'),
      node('Gather', ['s', 'zero'], 'n'),
      node('Mul', ['n', 'three'], 'y'),
    ],
    { initializers: { zero: t.valueOf(0, undefined, 'int64'), three: t.valueOf(3, undefined, 'int64') } },
  );
  const { graph } = t.decodeOnnx(bytes);
  expect(t.evaluate(graph, { x: image }).y).toEqual(t.valueOf(12, [], 'int64'));
  expect((await runInRuntime(ort, t.encodeOnnx(graph), { x: image })).y?.numbers).toEqual([12]);
});

describe('operators written with others', () => {
  const at = (n: number, c: number, i: number): number => Math.sin(n * 32 + c * 16 + i);
  const mean = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  const pixels = Array.from({ length: 16 }, (_, i) => i);
  const each = (f: (x: number, n: number, c: number) => number): number[] =>
    [0, 1].flatMap((n) => [0, 1].flatMap((c) => pixels.map((i) => f(at(n, c, i), n, c))));
  const two = (a: number, b: number) => t.valueOf([a, b]);
  const cases: [string, Node[], number[], Record<string, t.Value>?][] = [
    [
      'BatchNormalization',
      [
        node('BatchNormalization', ['x', 's', 'b', 'm', 'v'], 'y', {
          epsilon: { float: 0.5 },
          momentum: { float: 0.9 },
        }),
      ],
      each((x, _, c) => ((x - [0.1, 0.2][c]!) / Math.sqrt([1.5, 2][c]! + 0.5)) * [2, 3][c]! + [4, 5][c]!),
      { s: two(2, 3), b: two(4, 5), m: two(0.1, 0.2), v: two(1.5, 2) },
    ],
    [
      'InstanceNormalization',
      [node('InstanceNormalization', ['x', 's', 'b'], 'y', { epsilon: { float: 0.25 } })],
      each((x, n, c) => {
        const own = pixels.map((i) => at(n, c, i));
        const m = mean(own);
        return ((x - m) / Math.sqrt(mean(own.map((v) => (v - m) ** 2)) + 0.25)) * [2, 3][c]! + [4, 5][c]!;
      }),
      { s: two(2, 3), b: two(4, 5) },
    ],
    ['Dropout', [node('Dropout', ['x'], ['y', 'mask'])], each((x) => x)],
    ['Flatten', [node('Flatten', ['x'], 'y', { axis: 2 })], each((x) => x)],
    [
      'GlobalAveragePool',
      [node('GlobalAveragePool', ['x'], 'y')],
      [0, 1].flatMap((n) => [0, 1].map((c) => mean(pixels.map((i) => at(n, c, i))))),
    ],
    [
      'GlobalMaxPool',
      [node('GlobalMaxPool', ['x'], 'y')],
      [0, 1].flatMap((n) => [0, 1].map((c) => Math.max(...pixels.map((i) => at(n, c, i))))),
    ],
    ['Mish', [node('Mish', ['x'], 'y')], each((x) => x * Math.tanh(Math.log(1 + Math.exp(x))))],
    [
      'Range',
      [node('Range', ['from', 'to', 'by'], 'r'), node('ReduceSum', ['r'], 's'), node('Mul', ['x', 's'], 'y')],
      each((x) => x * (5 + 3)),
      { from: t.valueOf(5), to: t.valueOf(2), by: t.valueOf(-2) },
    ],
    [
      'LpNormalization',
      [node('Reshape', ['x', 'flat'], 'h'), node('LpNormalization', ['h'], 'y', { p: 1, axis: 0 })],
      each((x) => x / each(Math.abs).reduce((a, b) => a + b)),
      { flat: t.valueOf([-1], [1], 'int64') },
    ],
    [
      'ScatterND keeping the largest',
      [
        node('ScatterND', ['table', 'places', 'updates'], 'h', { reduction: 'max' }),
        node('ReduceSum', ['h'], 's'),
        node('Mul', ['x', 's'], 'y'),
      ],
      each((x) => x * (0.1 + 0.9 + 0.3)),
      {
        table: t.valueOf([0.1, 0.2, 0.3]),
        places: t.valueOf([1, 1], [2, 1], 'int64'),
        updates: t.valueOf([0.9, -9]),
      },
    ],
    ['Sum', [node('Sum', ['x', 'x', 'x'], 'y')], each((x) => 3 * x)],
    [
      'Max of three',
      [node('Max', ['x', 'h', 'q'], 'y')],
      each((x) => Math.max(x, -0.5, 0.5)),
      { h: t.valueOf(-0.5), q: t.valueOf(0.5) },
    ],
    [
      'PRelu',
      [node('PRelu', ['x', 'slope'], 'y')],
      each((x, _, c) => (x > 0 ? x : x * [0.1, 0.2][c]!)),
      { slope: t.valueOf([0.1, 0.2], [2, 1, 1]) },
    ],
    ['HardSigmoid', [node('HardSigmoid', ['x'], 'y')], each((x) => Math.max(0, Math.min(1, 0.2 * x + 0.5)))],
    ['HardSwish', [node('HardSwish', ['x'], 'y')], each((x) => x * Math.max(0, Math.min(1, x / 6 + 0.5)))],
    [
      'Selu',
      [node('Selu', ['x'], 'y')],
      each((x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1))),
    ],
    [
      'Split',
      [
        node('Split', ['x', 'sizes'], ['a', 'b'], { axis: 3 }),
        node('Sub', ['a', 'a'], 'z'),
        node('Add', ['z', 'b'], 'y'),
      ],
      [0, 1]
        .flatMap((n) => [0, 1].flatMap((c) => [0, 1, 2, 3].map((r) => at(n, c, r * 4 + 3))))
        .flatMap((v) => [v, v, v]),
      { sizes: t.valueOf([3, 1], [2], 'int64') },
    ],
    [
      'ConstantOfShape',
      [
        node('Shape', ['x'], 's'),
        node('ConstantOfShape', ['s'], 'c', { value: t.valueOf([2]) }),
        node('Add', ['x', 'c'], 'y'),
      ],
      each((x) => x + 2),
    ],
    [
      'LayerNormalization',
      [node('LayerNormalization', ['x', 's'], 'y', { axis: -1, epsilon: { float: 1 } })],
      [0, 1].flatMap((n) =>
        [0, 1].flatMap((c) =>
          [0, 1, 2, 3].flatMap((r) => {
            const row = [0, 1, 2, 3].map((k) => at(n, c, r * 4 + k));
            const m = mean(row);
            return row.map((v) => (2 * (v - m)) / Math.sqrt(mean(row.map((u) => (u - m) ** 2)) + 1));
          }),
        ),
      ),
      { s: t.valueOf([2, 2, 2, 2]) },
    ],
    [
      'Clip with one bound',
      [node('Clip', ['x', '', 'high'], 'y')],
      each((x) => Math.min(x, 0.5)),
      { high: t.valueOf(0.5) },
    ],
    [
      'Pow by an integer',
      [node('Pow', ['x', 'three'], 'y')],
      each((x) => x ** 3),
      { three: t.valueOf(3, undefined, 'int64') },
    ],
    ['ReduceMean with defaults', [node('ReduceMean', ['x'], 'y')], [mean(each((x) => x))]],
    [
      'AveragePool with defaults',
      [node('AveragePool', ['x'], 'y', { kernel_shape: [4, 4] })],
      [0, 1].flatMap((n) => [0, 1].map((c) => mean(pixels.map((i) => at(n, c, i))))),
    ],
    [
      'Conv as others write it',
      [
        node('Conv', ['x', 'w', 'bias'], 'y', {
          kernel_shape: [4, 4],
          strides: [1, 1],
          pads: [0, 0, 0, 0],
          dilations: [1, 1],
          group: 1,
        }),
      ],
      [0, 1].map((n) => 1 + 32 * mean([0, 1].flatMap((c) => pixels.map((i) => at(n, c, i))))),
      { w: t.filled([1, 2, 4, 4], 1), bias: t.valueOf([1]) },
    ],
  ];

  it.each(cases)('%s', (_, nodes, wanted, initializers = {}) => {
    const result = numbers(run(file(nodes, { initializers })));
    expect(result.length).toBe(wanted.length);
    for (const [i, x] of result.entries()) expect(x).toBeCloseTo(wanted[i] as number, 5);
  });
});

it('reads initializers from typed fields', () => {
  const extra = [
    { name: 'f', dims: [2n], dataType: 1, floatData: [1, 2] },
    { name: 'i', dims: [1n], dataType: 7, int64Data: [2n] },
    { name: 'b', dims: [2n], dataType: 9, int32Data: [0, 1] },
  ];
  const nodes = [node('Where', ['b', 'f', 'x'], 'h'), node('Tile', ['h', 'i'], 'y')];
  expect(
    numbers(run(file(nodes, { inputs: [tensorInfo('x', [2])], extra }), { x: t.valueOf([8, 9]) })),
  ).toEqual([8, 2, 8, 2]);
});

describe('what is refused', () => {
  const problem = (bytes: Uint8Array): string => {
    try {
      t.decodeOnnx(bytes);
    } catch (error) {
      return t.GanymedeError.is(error) ? `${error.code}: ${error.message}` : `untyped: ${error}`;
    }
    return 'nothing';
  };
  const valid = file([node('Tanh', ['x'], 'y')]);

  it.each<[string, Uint8Array, RegExp]>([
    ['no bytes', new Uint8Array(), /^GANYMEDE_ONNX_INVALID: these 0 bytes/],
    ['other bytes', new TextEncoder().encode('<html>no model</html>'), /^GANYMEDE_ONNX_INVALID/],
    ['half a file', valid.slice(0, valid.length / 2), /^GANYMEDE_ONNX_INVALID/],
    [
      'an unknown operator',
      file([
        node('NonMaxSuppression', ['x'], 'h'),
        node('Unique', ['h'], 'g'),
        { ...node('Unique', ['g'], 'y'), name: 'head/last' },
      ]),
      /^GANYMEDE_ONNX_UNSUPPORTED: .* 2 operators .* NonMaxSuppression \(1 node: "h"\); Unique \(2 nodes: "g", "head\/last"\)/,
    ],
    [
      'an operator of another set',
      file([{ ...node('Gelu', ['x'], 'y'), domain: 'com.microsoft' }]),
      /^GANYMEDE_ONNX_UNSUPPORTED: .*com\.microsoft/,
    ],
    [
      'an attribute with another value',
      file([node('MaxPool', ['x'], 'y', { kernel_shape: [2, 2], storage_order: 1 })]),
      /storage_order = 1/,
    ],
    [
      'an attribute that is not understood',
      file([node('Tanh', ['x'], 'y', { alpha: 2 })]),
      /attribute alpha/,
    ],
    ['an old opset', file([node('Tanh', ['x'], 'y')], { opset: 9 }), /^GANYMEDE_ONNX_UNSUPPORTED: .*opset 9/],
    [
      'a future opset',
      file([node('Tanh', ['x'], 'y')], { opset: 99 }),
      /^GANYMEDE_ONNX_UNSUPPORTED: .*opset 99/,
    ],
    [
      'a name that nothing makes',
      file([node('Tanh', ['nowhere'], 'y')]),
      /^GANYMEDE_ONNX_INVALID: .*"nowhere"/,
    ],
    ['an output that nothing makes', file([node('Tanh', ['x'], 'z')]), /^GANYMEDE_ONNX_INVALID: output "y"/],
    [
      'shapes that do not fit',
      file([node('MatMul', ['x', 'w'], 'y')], { initializers: { w: t.filled([3, 3], 1) } }),
      /^GANYMEDE_ONNX_INVALID: .*MatMul/,
    ],
    ['missing inputs', file([node('Add', ['x'], 'y')]), /^GANYMEDE_ONNX_INVALID/],
    ['missing attributes', file([node('Cast', ['x'], 'y')]), /^GANYMEDE_ONNX_INVALID/],
    [
      'axes computed while it runs',
      file([node('Cast', ['x'], 'i', { to: 7 }), node('ReduceSum', ['x', 'i'], 'y')]),
      /^GANYMEDE_ONNX_UNSUPPORTED: .*constant/,
    ],
    [
      'another element type',
      file([node('Tanh', ['x'], 'y')], { inputs: [tensorInfo('x', [2], 10)] }),
      /^GANYMEDE_ONNX_UNSUPPORTED: .*10/,
    ],
    [
      'too few bytes',
      file([node('Tanh', ['w'], 'y')], {
        extra: [{ name: 'w', dims: [5n], dataType: 1, rawData: new Uint8Array(8) }],
      }),
      /^GANYMEDE_ONNX_INVALID: .*8 bytes instead of 20/,
    ],
    [
      'data in another file',
      file([node('Tanh', ['w'], 'y')], { extra: [{ name: 'w', dims: [5n], dataType: 1, dataLocation: 1 }] }),
      /^GANYMEDE_ONNX_EXTERNAL_DATA: .*another file/,
    ],
    [
      'training mode',
      file([node('BatchNormalization', ['x', 'w', 'w', 'w', 'w'], 'y', { training_mode: 1 })], {
        initializers: { w: t.filled([2], 1) },
      }),
      /training mode/,
    ],
  ])('%s', (_, bytes, wanted) => {
    expect(problem(bytes)).toMatch(wanted);
  });

  it('never throws anything but its own errors, whatever the bytes', () => {
    for (let i = 0; i < 300; i++) {
      const bytes = valid.slice();
      bytes[(i * 7919) % bytes.length] = (i * 31) % 256;
      expect(problem(bytes)).toMatch(/^(GANYMEDE_ONNX|nothing)/);
    }
  });
});
