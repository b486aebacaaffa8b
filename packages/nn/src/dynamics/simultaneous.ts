import { type Dynamics, moveAll, paramsOf, vectorField } from './game.js';

/**
 * Everybody moves along its gradient at the old point: simultaneous gradient descent. On f = x·y, at rate η, the distance from the
 * equilibrium grows by √(1 + η²) a step. One gradient per player.
 */
export const simultaneous = (): Dynamics => ({
  name: 'simultaneous',
  additive: true,
  update: (game) => ({ players: moveAll(game, vectorField(game, paramsOf(game.start)), game.start) }),
});
