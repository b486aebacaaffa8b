import { conv, convTranspose, grad, type Graph, graph, input, optimize, type Tensor } from '@ganymede/tensor';
import { sample } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { expectSameMeaning, operatorCounts } from '../../../test/expect-same-meaning.js';
import { lowerForCpu } from '../lower-for-cpu.js';

const channels = 64;
type Form = 'conv' | 'convTranspose';

/** A convolution and its derivatives for the image and the kernel. */
function program(
  form: Form,
  image: readonly number[],
  taps: number,
  pads: number | readonly number[],
): Graph {
  const x = input('x', image, 'float32');
  const w = input('w', [channels, channels, taps, taps], 'float32');
  const options = { pads, bias: input('bias', [channels], 'float32') };
  const y = form === 'conv' ? conv(x, w, options) : convTranspose(x, w, options);
  const [dx, dw] = grad(y.square().sum(), [x, w]) as [Tensor, Tensor];
  return graph({ outputs: { y, dx: dx.div(1000), dw: dw.div(1000) } });
}

const lowered = (plain: Graph) => optimize(lowerForCpu(optimize(plain), { training: true }));

describe.each(['conv', 'convTranspose'] as const)('tiles of a %s', (form) => {
  // Matrix products: 3 of the results, 3 of the image's gradient, 1 or 2 of the kernel's, each where tiles waste little.
  it.each([
    ['3 x 3', 3, 1, [20, 19], 7],
    ['3 x 3, no zeros around', 3, 0, form === 'conv' ? [18, 18] : [14, 14], form === 'conv' ? 4 : 3],
    ['3 x 3, uneven zeros', 3, [2, 1, 0, 1], [16, 16], 7],
    ['4 x 4', 4, 1, [16, 16], 7],
    ['5 x 5', 5, 2, [16, 16], 7],
  ] as const)('give what it gives, and its derivatives: %s', (_, taps, pads, sizes, products) => {
    const image = [2, channels, ...sizes];
    const plain = program(form, image, taps, pads);
    const tiled = lowered(plain);
    expect(operatorCounts(tiled).MatMul).toBe(products);
    const feeds = {
      x: sample(image, 1),
      w: sample([channels, channels, taps, taps], 2),
      bias: sample([channels], 3),
    };
    expectSameMeaning(plain, tiled, feeds);
  });
});

const convolves = (count: number, side: number, options: object = {}, taps = 3) =>
  operatorCounts(
    lowered(
      graph({
        outputs: {
          y: conv(
            input('x', [4, count, side, side], 'float32'),
            input('w', [count, count, taps, taps], 'float32'),
            {
              pads: 1,
              ...options,
            },
          ),
        },
      }),
    ),
  );

describe('tiledConvolution', () => {
  it('takes tiles where channels are many', () => {
    expect(convolves(64, 16)).toHaveProperty('MatMul');
    expect(convolves(8, 16)).not.toHaveProperty('MatMul');
  });

  it('leaves graphs that do not train: their results are compared with other programs’', () => {
    const program = graph({
      outputs: { y: conv(input('x', [4, 64, 16, 16]), input('w', [64, 64, 3, 3]), { pads: 1 }) },
    });
    expect(operatorCounts(lowerForCpu(program))).not.toHaveProperty('MatMul');
    expect(operatorCounts(lowerForCpu(program, { training: true }))).toHaveProperty('MatMul');
  });

  it('leaves images that are mostly edge', () => {
    expect(convolves(64, 12)).toHaveProperty('MatMul');
    expect(convolves(64, 9)).not.toHaveProperty('MatMul');
  });

  it('leaves strides, dilations, groups and other kernels', () => {
    for (const [options, taps] of [
      [{ strides: 2 }],
      [{ dilations: 2, pads: 2 }],
      [{ pads: 0 }, 1],
      [{ pads: 3 }, 7],
    ] as const)
      expect(convolves(64, 16, options, taps)).not.toHaveProperty('MatMul');
  });

  it('goes through large batches in parts', () => {
    expect(convolves(64, 32)).toMatchObject({ MatMul: 6, Gather: 4 });
  });
});
