import {
  filled,
  grad,
  matmul,
  numbersOf,
  scalarOf,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { createWorkbench, expectClose, finiteDifferences } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { pathLength } from './path-length.js';

/** Samples latent · A, with A [2, 3]: then Jᵀy is A y whatever the latent. */
function build(matrix: Value, before: number, shape: readonly number[] = [2, 3]) {
  const bench = createWorkbench({ training: true });
  const latent = bench.symbol('latent', valueOf([0.3, -1, 2, 0.5], [2, 2]));
  const a = bench.symbol('a', matrix);
  const fake = matmul(latent, a).reshape(shape);
  const penalty = pathLength().penalty({
    discriminate: (x) => x,
    real: fake,
    fake,
    realLogits: fake,
    fakeLogits: fake,
    latent,
    ctx: bench.ctx,
    state: { length: bench.symbol('length', filled([], before)) },
  });
  return { bench, penalty, a, average: bench.bufferUpdates.get('length') as Tensor };
}

const matrix = [1, 0, 2, -1, 3, 0.5];
const directions = [1, 1, 0, 0, 2, -2];
const feeds = { 'noise/direction': valueOf(directions, [2, 3]) };
/** A y for each of the two directions: (1, 2) and (−4, 5). */
const lengths = [Math.hypot(1, 2), Math.hypot(-4, 5)];

describe('pathLength', () => {
  it('is λ times the mean squared distance of the lengths from their average, this step included', () => {
    const { bench, penalty, average } = build(valueOf(matrix, [2, 3]), 4);
    const [value, next] = bench.evaluate([penalty, average], { feeds }) as [Value, Value];
    const expected = 4 * 0.99 + 0.01 * ((lengths[0] as number) + (lengths[1] as number)) * 0.5;
    expectClose(next, expected, 1e-12, 'average');
    const distances = lengths.map((length) => (length - expected) ** 2);
    expectClose(value, (distances[0] as number) + (distances[1] as number), 1e-12, 'penalty');
  });

  it('draws directions in the space of the samples, shorter for images', () => {
    const points = build(valueOf(matrix, [2, 3]), 0).bench.noise[0];
    expect(points).toMatchObject({ shape: [2, 3], distribution: { kind: 'normal', std: 1 } });
    const wide = valueOf(new Array<number>(16).fill(1), [2, 8]);
    const images = build(wide, 0, [2, 2, 2, 2]).bench.noise[0];
    expect(images).toMatchObject({ shape: [2, 2, 2, 2], distribution: { std: 0.5 } });
  });

  it('has the gradient that finite differences give, with the average as a constant', () => {
    const at = valueOf(matrix, [2, 3], 'float64');
    const { bench, penalty, a } = build(at, 1);
    const [slope] = bench.evaluate(grad(penalty, [a]), { feeds }) as [Value];
    // With the average held at its value here: before' makes up for the lengths that change.
    const held = 0.99 + 0.005 * lengths.reduce((sum, x) => sum + x, 0);
    const valueAt = (m: Value) => {
      const [p, q] = [0, 1].map((i) => {
        const y = directions.slice(3 * i, 3 * i + 3);
        const rows = [0, 1].map((r) =>
          numbersOf(m)
            .slice(3 * r, 3 * r + 3)
            .reduce((sum, x, k) => sum + x * (y[k] as number), 0),
        );
        return (Math.hypot(...rows) - held) ** 2;
      });
      return (p as number) + (q as number);
    };
    expectClose(slope, finiteDifferences(valueAt, at), 1e-6, 'gradient');
  });

  it('belongs to the generator, starts at 0, and needs latents', () => {
    expect(pathLength().of).toBe('generator');
    expect(scalarOf(pathLength().init().length)).toBe(0);
    const bench = createWorkbench({ training: true });
    const x = bench.symbol('x', valueOf([1], [1, 1]));
    const rest = { real: x, fake: x, realLogits: x, fakeLogits: x, ctx: bench.ctx };
    expect(() => pathLength().penalty({ discriminate: (y) => y, ...rest })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_LOSS_INPUT' }),
    );
  });
});
