import { describe, expect, it } from 'vitest';
import { file, node, tensorInfo } from '../../test/onnx-file.js';
import { thirdParty } from '../../test/third-party.js';
import * as t from '../index.js';

/** The error of decoding, `nothing` where there is none. */
function problem(bytes: Uint8Array): string {
  try {
    t.decodeOnnx(bytes);
  } catch (error) {
    return t.GanymedeError.is(error) ? `${error.code}: ${error.message}` : `untyped: ${error}`;
  }
  return 'nothing';
}

const tanh = [node('Tanh', ['w'], 'y')];
const floats = (dims: bigint[], count: number, more = {}) => ({
  name: 'w',
  dims,
  dataType: 1,
  rawData: new Uint8Array(4 * count),
  ...more,
});

describe('a file is refused with its reason', () => {
  it.each<[string, Uint8Array, RegExp]>([
    [
      'a cycle',
      file([node('Add', ['x', 'b'], 'a'), node('Tanh', ['a'], 'b'), node('Add', ['b', 'x'], 'y')]),
      /^GANYMEDE_ONNX_INVALID: .*in a circle: node "b" \(Tanh\), node "a" \(Add\)/,
    ],
    [
      'a node that reads itself',
      file([node('Add', ['x', 'y'], 'y')]),
      /^GANYMEDE_ONNX_INVALID: .*in a circle/,
    ],
    [
      'a value that is made twice',
      file([node('Tanh', ['x'], 'h'), node('Abs', ['x'], 'h'), node('Add', ['h', 'x'], 'y')]),
      /^GANYMEDE_ONNX_INVALID: .*"h", which the file has already/,
    ],
    [
      'an initializer that a node makes again',
      file([node('Tanh', ['x'], 'w'), node('Add', ['w', 'x'], 'y')], {
        initializers: { w: t.filled([4], 1) },
      }),
      /^GANYMEDE_ONNX_INVALID: .*"w", which the file has already/,
    ],
    [
      'two initializers of one name',
      file(tanh, { extra: [floats([2n], 2), floats([2n], 2)] }),
      /^GANYMEDE_ONNX_INVALID: two initializers/,
    ],
    [
      'complex numbers as input',
      file([node('Tanh', ['x'], 'y')], { inputs: [tensorInfo('x', [2], 14)] }),
      /^GANYMEDE_ONNX_UNSUPPORTED: input "x" has elements of type complex64/,
    ],
    [
      'complex numbers as initializer',
      file(tanh, { extra: [floats([2n], 8, { dataType: 15 })] }),
      /^GANYMEDE_ONNX_UNSUPPORTED: tensor "w" has elements of type complex128/,
    ],
    [
      'text',
      file(tanh, { extra: [{ name: 'w', dims: [1n], dataType: 8, stringData: [new Uint8Array(3)] }] }),
      /^GANYMEDE_ONNX_UNSUPPORTED: tensor "w" has elements of type string/,
    ],
    [
      'a cast to half precision',
      file([node('Cast', ['x'], 'y', { to: 10 })]),
      /^GANYMEDE_ONNX_UNSUPPORTED: .*float16/,
    ],
    ['fewer bytes than the shape takes', file(tanh, { extra: [floats([5n], 2)] }), /8 bytes instead of 20/],
    ['more bytes than the shape takes', file(tanh, { extra: [floats([5n], 6)] }), /24 bytes instead of 20/],
    [
      'fewer listed numbers than the shape takes',
      file(tanh, { extra: [{ name: 'w', dims: [3n], dataType: 1, floatData: [1, 2] }] }),
      /^GANYMEDE_ONNX_INVALID: .*has 2 elements/,
    ],
    [
      'a shape of terabytes without data',
      file(tanh, { extra: [{ name: 'w', dims: [2n ** 40n], dataType: 1 }] }),
      /^GANYMEDE_ONNX_INVALID: .*1099511627776.* has 0 elements/,
    ],
    [
      'a shape beyond all numbers',
      file(tanh, { extra: [floats([2n ** 40n, 2n ** 40n], 1)] }),
      /^GANYMEDE_ONNX_INVALID: .*has no such shape/,
    ],
    ['a negative size', file(tanh, { extra: [floats([-4n], 1)] }), /^GANYMEDE_ONNX_INVALID: .*no such shape/],
    [
      'negative sizes whose product is positive',
      file(tanh, { extra: [floats([-1n, -1n], 1)] }),
      /^GANYMEDE_ONNX_INVALID: .*no such shape/,
    ],
    [
      'a part of a tensor',
      file(tanh, { extra: [floats([2n], 2, { segment: { begin: 0n, end: 2n } })] }),
      /^GANYMEDE_ONNX_INVALID: .*one part/,
    ],
    [
      'padding by billions',
      file([node('Pad', ['x', 'pads'], 'y', { mode: 'edge' })], {
        initializers: { pads: t.valueOf([0, 0, 0, 0, 0, 0, 0, 2e9], [8], 'int64') },
      }),
      /^GANYMEDE_ONNX_INVALID: .*Pad/,
    ],
    [
      'a split into more parts than there are outputs',
      file([node('Split', ['x'], ['y'], { num_outputs: 1_000_000_000 })], { opset: 18 }),
      /^GANYMEDE_ONNX_INVALID: .*Split/,
    ],
    [
      'an index outside',
      file([node('Shape', ['x'], 's'), node('Gather', ['s', 'i'], 'n'), node('Add', ['n', 'n'], 'y')], {
        inputs: [tensorInfo('x', [2, 3])],
        initializers: { i: t.valueOf([7], [1], 'int64') },
      }),
      /^GANYMEDE_/,
    ],
    [
      'an operator named like a property of every object',
      file([node('constructor', ['x'], 'y'), node('__proto__', ['x'], 'z')]),
      /^GANYMEDE_ONNX_UNSUPPORTED: .*constructor/,
    ],
    [
      'an old opset',
      file([node('Tanh', ['x'], 'y')], { opset: 12 }),
      /^GANYMEDE_ONNX_UNSUPPORTED: the file uses opset 12; 13 to 21/,
    ],
    [
      'a new opset',
      file([node('Tanh', ['x'], 'y')], { opset: 22 }),
      /^GANYMEDE_ONNX_UNSUPPORTED: the file uses opset 22; 13 to 21/,
    ],
  ])('%s', (_, bytes, wanted) => {
    expect(problem(bytes)).toMatch(wanted);
  });
});

it('names every operator that is missing, how often and where, and which value would do without', () => {
  const bytes = file([
    { ...node('Tanh', ['x'], 'features'), name: 'body/Tanh' },
    ...[1, 2, 3, 4, 5].map((i) => ({ ...node('Unique', ['features'], `u${i}`), name: `head/unique${i}` })),
    { ...node('FancyNorm', ['u5'], 'y'), domain: 'com.example', name: 'head/norm' },
    // Not needed for y, so that nobody misses it.
    node('NonMaxSuppression', ['x'], 'unused'),
    ...[1, 2, 3, 4].map((i) => node('Add', [`u${i}`, 'x'], `v${i}`)),
  ]);
  expect(problem(bytes)).toMatch(/Unique \(1 node: "head\/unique5"\); com\.example\.FancyNorm \(1 node/);
  const five = t.openOnnx(bytes);
  expect(() => five.build({ outputs: ['v1', 'v2', 'v3', 'v4', 'y'] })).toThrow(
    expect.objectContaining({
      code: 'GANYMEDE_ONNX_UNSUPPORTED',
      message: expect.stringMatching(/Unique \(5 nodes: "head\/unique1", .*, 2 more\)/),
      data: {
        operators: [
          expect.objectContaining({ operator: 'Unique', count: 5 }),
          { operator: 'com.example.FancyNorm', count: 1, nodes: ['head/norm'] },
        ],
      },
    }),
  );
  expect(five.build({ outputs: ['features'] }).outputs.features?.operator.name).toBe('Tanh');
});

it('reads nodes in any order', () => {
  const bytes = file([node('Tanh', ['h'], 'y'), node('Abs', ['x'], 'h')]);
  expect(t.decodeOnnx(bytes).outputs.y?.inputs[0]?.operator.name).toBe('Abs');
});

it('reads files deeper than the call stack', () => {
  const depth = 20_000;
  const nodes = Array.from({ length: depth }, (_, i) =>
    node('Tanh', [i === 0 ? 'x' : `h${i}`], i === depth - 1 ? 'y' : `h${i + 1}`),
  );
  expect(t.decodeOnnx(file(nodes)).graph.nodes.length).toBe(depth + 1);
  expect(t.decodeOnnx(file([...nodes].reverse())).graph.nodes.length).toBe(depth + 1);
});

describe('whatever the bytes', () => {
  const { bytes } = thirdParty('shapes-18');
  const small = file([node('Conv', ['x', 'w'], 'h', { pads: [1, 1, 1, 1] }), node('Relu', ['h'], 'y')], {
    initializers: { w: t.filled([2, 2, 3, 3], 1) },
  });

  it('a file cut short is a coded error, or whole enough to be read', () => {
    for (let length = 0; length < small.length; length++) {
      expect(problem(small.subarray(0, length)), `${length} bytes`).toMatch(/^(GANYMEDE_|nothing)/);
    }
    for (let i = 1; i < 40; i++) {
      const length = Math.floor((bytes.length * i) / 40);
      expect(problem(bytes.subarray(0, length)), `${length} bytes`).toMatch(/^GANYMEDE_ONNX/);
    }
  });

  it('a damaged file is a coded error, or still a model', () => {
    let state = 1;
    const next = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    for (const source of [small, bytes]) {
      for (let i = 0; i < (source === small ? 1500 : 60); i++) {
        const damaged = source.slice();
        for (let k = 0; k <= next(3); k++) damaged[next(damaged.length)] = next(256);
        expect(problem(damaged), `try ${i}`).toMatch(/^(GANYMEDE_|nothing)/);
      }
    }
  });
});
