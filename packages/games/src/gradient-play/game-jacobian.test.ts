import { flattenTree, type Tree, unflattenTree } from '@ganymede/core';
import { type Tensor, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { differentiableGame } from './differentiable-game.js';
import { coordinatesOf } from './game-point.js';
import { gameField } from './game-jacobian.js';
import { bilinearGame, diracGan, ringGame } from './named-plane-games.js';

/** Central differences of the field. */
const differences = (field: (point: number[]) => number[], point: readonly number[]): number[][] => {
  const h = 1e-5;
  const columns = point.map((_, j) => {
    const moved = (by: number) => point.map((x, i) => (i === j ? x + by : x));
    const [up, down] = [field(moved(h)), field(moved(-h))];
    return up.map((u, i) => (u - (down[i] as number)) / (2 * h));
  });
  return point.map((_, i) => columns.map((column) => column[i] as number));
};

const expectClose = (
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  tolerance: number,
) =>
  a.forEach((row, i) => {
    row.forEach((x, j) => {
      expect(Math.abs(x - (b[i]?.[j] as number)), `[${i}, ${j}]: ${x}, ${b[i]?.[j]}`).toBeLessThan(tolerance);
    });
  });

describe('the field of simultaneous gradients', () => {
  it('of x y, by hand', () => {
    const { losses, field, jacobian } = gameField(bilinearGame());
    expect(losses([2, 3])).toEqual({ x: 6, y: -6 });
    expect(field([2, 3])).toEqual([3, -2]);
    expectClose(
      jacobian(),
      [
        [0, 1],
        [-1, 0],
      ],
      1e-15,
    );
  });

  it('of the Dirac-GAN, by hand', () => {
    const { field, jacobian } = gameField(diracGan());
    const s = 1 / (1 + Math.exp(-0.6));
    expect(field([0.2, 3])[0]).toBeCloseTo(-3 * s, 12);
    expect(field([0.2, 3])[1]).toBeCloseTo(0.2 * s, 12);
    expectClose(
      jacobian([0, 0]),
      [
        [0, -0.5],
        [0.5, 0],
      ],
      1e-12,
    );
  });

  it.each([bilinearGame(), diracGan(), ringGame()])('$name: derivatives are those of the field', (game) => {
    const { field, jacobian } = gameField(game);
    expectClose(jacobian([0.7, -1.2]), differences(field, [0.7, -1.2]), 1e-8);
  });

  it('with matrices of parameters, derivatives are those of the field', () => {
    const at = (tree: Tree<Tensor> | undefined, path: string) =>
      flattenTree(tree as Tree<Tensor>)[path] as Tensor;
    const game = differentiableGame({
      name: 'networks',
      start: {
        critic: unflattenTree({ w: valueOf([0.3, -0.2, 0.5, 0.1], [2, 2]), 'out/v': valueOf([0.4, -0.7]) }),
        maker: { shift: valueOf([0.2, 0.9]) },
      },
      loss(player, { critic, maker }) {
        const logit = (x: Tensor) => x.matmul(at(critic, 'w')).tanh().mul(at(critic, 'out/v')).sum();
        const made = at(maker, 'shift').reshape([1, 2]);
        const real = made.mul(0).add(1);
        return player === 'maker'
          ? logit(made).neg().softplus()
          : logit(made).softplus().add(logit(real).neg().softplus());
      },
    });
    expect(coordinatesOf(game)).toEqual([
      'critic/w[0]',
      'critic/w[1]',
      'critic/w[2]',
      'critic/w[3]',
      'critic/out/v[0]',
      'critic/out/v[1]',
      'maker/shift[0]',
      'maker/shift[1]',
    ]);
    const { field, jacobian } = gameField(game);
    const point = [0.3, -0.2, 0.5, 0.1, 0.4, -0.7, 0.2, 0.9];
    expectClose(jacobian(point), differences(field, point), 1e-8);
  });

  it('refuses a point of another size', () => {
    expect(() => gameField(bilinearGame()).field([1])).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_BAD_GAME' }),
    );
  });
});
