import {
  createRng,
  createStepContext,
  mapTree,
  type Network,
  type Optimizer,
  type Tree,
} from '@ganymede/core';
import { constant, evaluate, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { type PlayedGame, type Place, play } from '../../test/play.js';
import { adam, dense, relu, sequential, sgd, tanh } from '../index.js';
import { mapPlayers } from './game.js';
import { simultaneous } from './simultaneous.js';
import { unrolled } from './unrolled.js';

const draw = (name: string, shape: readonly number[]): Tensor =>
  constant(createRng(4).child(name).draw(shape, { kind: 'normal' })).cast('float64');
const [real, latent] = [draw('real', [5, 2]), draw('latent', [5, 2])];
const generator = sequential(dense(3), tanh(), dense(2));
const { ctx } = createStepContext({ training: true });

interface Gan {
  readonly activation: () => Network;
  readonly optimizer: () => Optimizer;
}

/** A non-saturating GAN on five points, in float64; the discriminator moves by `optimizer`, the generator by its gradient itself. */
function ganOf({ activation, optimizer }: Gan, generatorRate: number): PlayedGame {
  const discriminator = sequential(dense(4), activation(), dense(1));
  const start = {
    discriminator: discriminator.init(createRng(2).child('d'), [5, 2]),
    generator: generator.init(createRng(2).child('g'), [5, 2]),
  };
  return {
    start,
    optimizers: { discriminator: optimizer(), generator: sgd({ rate: generatorRate }) },
    loss(player, params) {
      const look = (x: Tensor) => discriminator.apply(params.discriminator as Tree<Tensor>, x, ctx);
      const fake = look(generator.apply(params.generator as Tree<Tensor>, latent, ctx));
      return player === 'generator'
        ? fake.neg().softplus().mean()
        : look(real).neg().softplus().mean().add(fake.softplus().mean());
    },
  };
}

/** L_G(θ, φ after `steps` updates), each update a program of its own: nothing is differentiated through another. */
function ahead(gan: Gan, steps: number, at: Place): number {
  const game = ganOf(gan, 0);
  const start = mapPlayers(game.start, (tree, player) =>
    mapTree(tree, ({ shape }, path): Value => valueOf(at[player]?.[path] as number[], shape, 'float64')),
  );
  const { places } = play(simultaneous(), { ...game, start }, steps);
  const last = places.at(-1) as Place;
  const params = mapPlayers(start, (tree, player) =>
    mapTree(tree, ({ shape }, path) => constant(valueOf(last[player]?.[path] as number[], shape, 'float64'))),
  );
  return Number(evaluate({ loss: game.loss('generator', params) }).loss?.data[0]);
}

describe('unrolled', () => {
  const gans: Readonly<Record<string, Gan>> = {
    'gradient descent': { activation: tanh, optimizer: () => sgd({ rate: 0.5 }) },
    momentum: { activation: tanh, optimizer: () => sgd({ rate: 0.25, momentum: 0.5 }) },
    Adam: { activation: tanh, optimizer: () => adam({ rate: 0.125, beta1: 0.5, epsilon: 1e-3 }) },
  };
  const cases = Object.keys(gans).flatMap((name) => [1, 3].map((steps) => [name, steps] as const));

  it.each(cases)('through %s, %i steps: the gradient is that of the look-ahead loss', (name, steps) => {
    const gan = gans[name] as Gan;
    const { places, evaluations } = play(unrolled({ steps }), ganOf(gan, 1), 1);
    const [before, after] = places as [Place, Place];
    const epsilon = 1e-5;
    for (const [path, values] of Object.entries(before.generator ?? {})) {
      for (const [i, value] of values.entries()) {
        const lossAt = (shift: number): number => {
          const moved = values.map((x, k) => (k === i ? value + shift : x));
          return ahead(gan, steps, { ...before, generator: { ...before.generator, [path]: moved } });
        };
        const slope = (lossAt(epsilon) - lossAt(-epsilon)) / (2 * epsilon);
        const found = value - (after.generator?.[path]?.[i] as number);
        expect(Math.abs(found - slope), `${path} ${i}: ${found}, ${slope}`).toBeLessThan(1e-7);
      }
    }
    expect(evaluations).toEqual({ discriminator: steps + 1, generator: 1 });
  });

  it('moves the discriminator once, by its gradient at the start', () => {
    const gan = gans.Adam as Gan;
    const [, one] = play(unrolled({ steps: 4 }), ganOf(gan, 1), 1).places;
    const [, plain] = play(simultaneous(), ganOf(gan, 1), 1).places;
    expect(one?.discriminator).toEqual(plain?.discriminator);
    expect(one?.generator).not.toEqual(plain?.generator);
  });

  it('is finite behind dead units, whose gradients are exactly 0', () => {
    const gan: Gan = { activation: relu, optimizer: () => adam({ rate: 0.125 }) };
    const { places } = play(unrolled({ steps: 3 }), ganOf(gan, 1), 3);
    for (const player of ['generator', 'discriminator']) {
      for (const [path, values] of Object.entries(places.at(-1)?.[player] ?? {})) {
        expect(values.every(Number.isFinite), `${player}/${path}: ${values.join(', ')}`).toBe(true);
      }
    }
  });
});
