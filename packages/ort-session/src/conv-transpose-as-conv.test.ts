import {
  conv,
  convTranspose,
  type ConvTransposeOptions,
  evaluate,
  graph,
  input,
  type Value,
} from '@ganymede/tensor';
import { expectClose, sample } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { avoidWebgpuFaults } from './avoid-webgpu-faults.js';

type Row = readonly [name: string, x: number[], w: number[], options: ConvTransposeOptions];

const rows: readonly Row[] = [
  ['groups, stride 2', [2, 4, 3, 3], [4, 1, 3, 3], { group: 2, strides: 2, pads: 1 }],
  [
    'groups of several channels, output padding',
    [2, 4, 3, 2],
    [4, 3, 3, 2],
    { group: 2, strides: 2, outputPadding: 1 },
  ],
  [
    'depthwise, dilated, uneven',
    [1, 3, 4, 5],
    [3, 1, 2, 3],
    { group: 3, strides: [1, 3], dilations: [2, 1], pads: [1, 0, 0, 2] },
  ],
  [
    'more taken away than the filter reaches',
    [1, 2, 5, 5],
    [2, 2, 2, 2],
    { group: 2, strides: 2, pads: [2, 3, 3, 2] },
  ],
  ['one pixel', [1, 2, 1, 1], [2, 1, 4, 4], { group: 2, strides: 4 }],
  ['3-D', [1, 2, 2, 3, 2], [2, 2, 2, 3, 2], { strides: [2, 1, 3], pads: [1, 0, 0, 0, 1, 1] }],
  ['3-D, depthwise', [1, 2, 2, 2, 2], [2, 1, 2, 2, 2], { group: 2, strides: 2, outputPadding: [1, 0, 1] }],
];

const operators = ({
  nodes,
}: {
  readonly nodes: readonly { readonly operator: { readonly name: string } }[];
}) => new Set(nodes.map(({ operator }) => operator.name));

describe('avoidWebgpuFaults', () => {
  it.each(rows)('keeps the meaning of a transposed convolution: %s', (_, x, w, options) => {
    const group = options.group ?? 1;
    const bias = input('b', [(w[1] as number) * group], 'float32');
    const y = convTranspose(input('x', x, 'float32'), input('w', w, 'float32'), { ...options, bias });
    const program = graph({ outputs: { y } });
    const avoided = avoidWebgpuFaults(program);
    expect(operators(avoided)).not.toContain('ConvTranspose');
    const feeds = { x: sample(x, 1), w: sample(w, 2), b: sample([(w[1] as number) * group], 3) };
    const [wanted, got] = [program, avoided].map((one) => evaluate(one, feeds).y as Value);
    expect(got?.shape).toEqual(wanted?.shape);
    expectClose(got as Value, wanted as Value, 1e-5);
  });

  it('keeps the meaning of a convolution in 3-D and groups, and of named batches', () => {
    const shapes = { x: [2, 4, 3, 3, 3], w: [6, 2, 2, 2, 2], b: [6] };
    const x = input('x', ['N', 4, 3, 3, 3], 'float32');
    const y = conv(x, input('w', shapes.w, 'float32'), {
      group: 2,
      strides: [1, 2, 1],
      pads: 1,
      bias: input('b', shapes.b, 'float32'),
    });
    const program = graph({ outputs: { y } });
    const avoided = avoidWebgpuFaults(program);
    const convolutions = avoided.nodes.filter(({ operator }) => operator.name === 'Conv');
    expect(convolutions.map(({ attributes }) => attributes.group)).toEqual([1, 1]);
    const feeds = { x: sample(shapes.x, 1), w: sample(shapes.w, 2), b: sample(shapes.b, 3) };
    expectClose(evaluate(avoided, feeds).y as Value, evaluate(program, feeds).y as Value, 1e-5);
  });

  it('leaves what is computed rightly as it is', () => {
    const x = input('x', [2, 4, 5, 5], 'float32');
    const plain = convTranspose(x, input('w', [4, 2, 3, 3], 'float32'), { strides: 2 });
    const grouped = conv(x, input('v', [4, 2, 3, 3], 'float32'), { group: 2 });
    const program = graph({ outputs: { plain, grouped } });
    expect(avoidWebgpuFaults(program)).toBe(program);
  });

  it('refuses named sizes of images where it would have to know them', () => {
    const [x, w] = [input('x', [1, 2, 'H', 'W'], 'float32'), input('w', [2, 1, 4, 4], 'float32')];
    const y = convTranspose(x, w, { group: 2, strides: 2, pads: 1 });
    expect(() => avoidWebgpuFaults(graph({ outputs: { y } }))).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_BACKEND_OPERATOR' }),
    );
  });
});
