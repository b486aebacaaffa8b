import {
  type Dynamics,
  mapPlayers,
  ownGradient,
  paramsOf,
  type Players,
  type Standing,
  stopped,
} from './game.js';

/**
 * One player after the other, each against the new parameters of those before it, which it takes as constants: alternating gradient
 * descent (Goodfellow et al. 2014, algorithm 1). On f = x·y it stays on a bounded orbit, where {@link simultaneous} spirals out
 * (Bailey, Gidel and Piliouras 2020). One gradient per player.
 */
export const inTurn = (): Dynamics => ({
  name: 'in-turn',
  update(game) {
    let players: Players<Standing> = game.start;
    let at = paramsOf(game.start);
    for (const [player, standing] of Object.entries(game.start)) {
      const moved = game.move(player, ownGradient(game, player, at), standing);
      players = { ...players, [player]: moved };
      at = { ...at, [player]: stopped(moved.params) };
    }
    return { players: mapPlayers(game.start, (standing, player) => players[player] ?? standing) };
  },
});
