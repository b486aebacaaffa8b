import { type Dynamics, moveAll, paramsOf, vectorField } from './game.js';

/**
 * Extragradient (Korpelevich 1976; for GANs Gidel et al. 2019, algorithm 2): everybody moves to a look-ahead point, and from where it was
 * along the gradient found there. With Adam it is ExtraAdam (their algorithm 4): both moves update the moments. On f = x·y, at rate η,
 * the distance from the equilibrium shrinks by √(1 − η² + η⁴) a step. Two gradients per player, on one batch.
 */
export const extragradient = (): Dynamics => ({
  name: 'extragradient',
  update(game) {
    const field = vectorField(game, paramsOf(game.start));
    const ahead = moveAll(game, field, game.start);
    const there = vectorField(game, paramsOf(ahead));
    const from = Object.fromEntries(
      Object.entries(game.start).map(([player, { params }]) => [
        player,
        { params, slots: ahead[player]?.slots ?? {} },
      ]),
    );
    return { players: moveAll(game, there, from) };
  },
});
