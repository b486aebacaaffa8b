import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { file, type Node, node, tensorInfo } from '../../../test/onnx-file.js';
import { runInRuntime } from '../../../test/runtime.js';
import * as t from '../../index.js';

const wave = (shape: number[], step = 1): t.Value =>
  t.valueOf(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(step * i + 0.3)),
    shape,
  );

type File = readonly [string, readonly number[], readonly Node[], Readonly<Record<string, t.Value>>];
/** Operators as other tools write them, in forms that the language spells differently. */
const files: readonly File[] = [
  ...['SAME_UPPER', 'SAME_LOWER', 'VALID'].flatMap((auto_pad): File[] => [
    [
      `Conv ${auto_pad}`,
      [1, 2, 5, 6],
      [node('Conv', ['x', 'w'], 'y', { auto_pad, strides: [2, 3] })],
      { w: wave([2, 2, 3, 2], 2) },
    ],
    [
      `ConvTranspose ${auto_pad}`,
      [1, 2, 3, 3],
      [node('ConvTranspose', ['x', 'w'], 'y', { auto_pad, strides: [2, 2] })],
      { w: wave([2, 2, 3, 5], 2) },
    ],
    [
      `MaxPool ${auto_pad}`,
      [1, 2, 5, 6],
      [node('MaxPool', ['x'], 'y', { auto_pad, kernel_shape: [3, 4], strides: [2, 3] })],
      {},
    ],
    [
      `AveragePool ${auto_pad}`,
      [1, 2, 5, 6],
      [node('AveragePool', ['x'], 'y', { auto_pad, kernel_shape: [3, 4], strides: [2, 3] })],
      {},
    ],
  ]),
  [
    'ConvTranspose with output_shape',
    [1, 2, 4],
    [node('ConvTranspose', ['x', 'w', 'b'], 'y', { output_shape: [8], strides: [2] })],
    { w: wave([2, 2, 5], 2), b: t.valueOf([1, 2]) },
  ],
  [
    'ConvTranspose with output_padding and groups',
    [1, 4, 3, 3],
    [
      node('ConvTranspose', ['x', 'w'], 'y', {
        output_padding: [1, 0],
        strides: [2, 2],
        pads: [1, 0, 0, 1],
        group: 2,
      }),
    ],
    { w: wave([4, 1, 3, 3], 2) },
  ],
  ...[0, 1].map(
    (count_include_pad): File => [
      `AveragePool in ceil mode, ${count_include_pad}`,
      [1, 1, 6, 7],
      [
        node('AveragePool', ['x'], 'y', {
          kernel_shape: [3, 3],
          strides: [2, 3],
          pads: [1, 0, 0, 1],
          ceil_mode: 1,
          count_include_pad,
        }),
      ],
      {},
    ],
  ),
  [
    'MaxPool dilated, in ceil mode',
    [1, 1, 8, 7],
    [node('MaxPool', ['x'], 'y', { kernel_shape: [2, 2], strides: [3, 2], dilations: [2, 3], ceil_mode: 1 })],
    {},
  ],
  [
    'LpPool',
    [1, 2, 6],
    [node('LpPool', ['x'], 'y', { kernel_shape: [2], strides: [2], pads: [1, 1], p: 3 })],
    {},
  ],
  ['GlobalLpPool', [2, 2, 3, 2], [node('GlobalLpPool', ['x'], 'y', { p: 3 })], {}],
  ['GlobalMaxPool', [2, 2, 3, 2], [node('GlobalMaxPool', ['x'], 'y')], {}],
  [
    'LRN',
    [1, 5, 2, 1],
    [node('LRN', ['x'], 'y', { size: 3, alpha: { float: 0.5 }, beta: { float: 0.7 }, bias: { float: 2 } })],
    {},
  ],
  [
    'Einsum',
    [2, 3, 4],
    [node('Einsum', ['x', 'w'], 'y', { equation: '...ij, jk -> ...ki' })],
    { w: wave([4, 2]) },
  ],
  ['TopK', [2, 5], [node('TopK', ['x', 'k'], ['y', 'rest'])], { k: t.valueOf([2], [1], 'int64') }],
  [
    'TopK, the smallest, of which only the places are read',
    [5, 2],
    [
      node('TopK', ['x', 'k'], ['values', 'places'], { axis: 0, largest: 0 }),
      node('Cast', ['places'], 'y', { to: 1 }),
    ],
    { k: t.valueOf([3], [1], 'int64') },
  ],
  [
    'Resize to sizes',
    [1, 2, 3, 4],
    [
      node('Resize', ['x', '', '', 'sizes'], 'y', {
        mode: 'cubic',
        coordinate_transformation_mode: 'align_corners',
      }),
    ],
    { sizes: t.valueOf([1, 2, 5, 3], [4], 'int64') },
  ],
  [
    'LSTM without bias and states, both ways',
    [4, 2, 3],
    [node('LSTM', ['x', 'w', 'r'], 'y', { hidden_size: 2, direction: 'bidirectional' })],
    { w: wave([2, 8, 3]), r: wave([2, 8, 2], 2) },
  ],
  [
    'LSTM from a cell state, of which only the last is read, in reverse',
    [4, 2, 3],
    [
      node('LSTM', ['x', 'w', 'r', 'b', '', 'h', 'c'], ['', '', 'y'], {
        hidden_size: 2,
        direction: 'reverse',
      }),
    ],
    {
      w: wave([1, 8, 3]),
      r: wave([1, 8, 2], 2),
      b: wave([1, 16], 3),
      h: wave([1, 2, 2]),
      c: wave([1, 2, 2], 2),
    },
  ],
  ...[0, 1].map(
    (linear_before_reset): File => [
      `GRU, linear_before_reset ${linear_before_reset}`,
      [4, 2, 3],
      [node('GRU', ['x', 'w', 'r', 'b'], 'y', { hidden_size: 2, linear_before_reset })],
      { w: wave([1, 6, 3]), r: wave([1, 6, 2], 2), b: wave([1, 12], 3) },
    ],
  ),
  ['GridSample', [1, 2, 3, 4], [node('GridSample', ['x', 'grid'], 'y')], { grid: wave([1, 2, 3, 2], 0.7) }],
  [
    'RoiAlign',
    [2, 1, 5, 6],
    [
      node('RoiAlign', ['x', 'rois', 'owners'], 'y', {
        output_height: 2,
        output_width: 2,
        sampling_ratio: 2,
      }),
    ],
    {
      rois: t.valueOf([0.6, 1.1, 4.3, 3.9, 1.2, 0.4, 5.1, 4.4], [2, 4]),
      owners: t.valueOf([1, 0], [2], 'int64'),
    },
  ],
];

describe('decoded, computes what ONNX Runtime computes', () => {
  it.each(files)('%s', async (_, shape, nodes, initializers) => {
    const bytes = file([...nodes], {
      inputs: [tensorInfo('x', [...shape])],
      initializers: { ...initializers },
    });
    const x = wave([...shape], 1.7);
    const wanted = (await runInRuntime(ort, bytes, { x })).y;
    const decoded = t.decodeOnnx(bytes);
    const { y } = t.evaluate(decoded.graph, { ...decoded.initializers, x });
    expect(y?.shape).toEqual(wanted?.shape);
    const numbers = t.numbersOf(y as t.Value);
    wanted?.numbers.forEach((number, i) => {
      expect(numbers[i], `element ${i}`).toBeCloseTo(number, 4);
    });
  });
});
