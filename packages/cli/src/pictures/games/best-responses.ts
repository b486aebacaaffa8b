import {
  bestResponseDynamics,
  matchingPennies,
  type NormalFormGame,
  payoffsAt,
  pigs,
  type Profile,
  profilesOf,
  stagHunt,
} from '@ganymede/games';
import { drawSpec } from './draw-spec.js';
import type { GamePicture } from './game-picture.js';

type Order = 'alternating' | 'simultaneous';

/** The moves that change something, from whatever start, as arrows between the cells of the payoff table. */
function arrowsOf(game: NormalFormGame, order: Order) {
  const moves = new Map<string, readonly [Profile, Profile]>();
  for (const start of profilesOf([2, 2])) {
    const { path } = bestResponseDynamics(game, start, { order });
    path.slice(1).forEach((to, i) => {
      const from = path[i] as Profile;
      if (from.join() !== to.join()) moves.set(`${from}>${to}`, [from, to]);
    });
  }
  return [...moves.values()].map(([[r0 = 0, c0 = 0], [r1 = 0, c1 = 0]]) => {
    const [dx, dy] = [c1 - c0, r0 - r1];
    // Beside the line between the cells, so that there and back are two arrows.
    const [x0, y0] = [c0 - 0.07 * dy, -r0 + 0.07 * dx];
    // Along a row there are words in the way.
    const [from, to] = dy === 0 ? [0.38, 0.62] : [0.28, 0.72];
    return {
      x: x0 + from * dx,
      y: y0 + from * dy,
      x2: x0 + to * dx,
      y2: y0 + to * dy,
      angle: (Math.atan2(dx, dy) * 180) / Math.PI,
    };
  });
}

function panel(game: NormalFormGame, order: Order) {
  const scale = { domain: [-0.5, 1.5] };
  const x = { field: 'x', type: 'quantitative' as const, axis: null, scale };
  const y = { field: 'y', type: 'quantitative' as const, axis: null, scale: { domain: [-1.5, 0.5] } };
  const arrows = arrowsOf(game, order);
  const cells = profilesOf([2, 2]).map((profile) => {
    const [r = 0, c = 0] = profile;
    const names = `${game.strategies[0]?.[r]}, ${game.strategies[1]?.[c]}`;
    const rest =
      bestResponseDynamics(game, profile, { order }).moves === 0 &&
      bestResponseDynamics(game, profile, { order }).outcome === 'fixed-point';
    return { x: c, y: -r, names, payoffs: payoffsAt(game, profile).join(', '), rest };
  });
  const text = (field: string, dy: number, fontSize: number) => ({
    data: { values: cells },
    mark: { type: 'text' as const, dy, fontSize },
    encoding: {
      x,
      y,
      text: { field },
      color: { condition: { test: 'datum.rest', value: '#d95f02' }, value: '#333' },
    },
  });
  return {
    title: `${game.name}, ${order}`,
    width: 250,
    height: 220,
    layer: [
      text('names', -7, 11),
      text('payoffs', 8, 13),
      {
        data: { values: arrows },
        mark: { type: 'rule' as const, strokeWidth: 1.5, color: '#1f78b4' },
        encoding: { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
      },
      {
        data: { values: arrows },
        mark: { type: 'point' as const, shape: 'triangle-up', filled: true, size: 60, color: '#1f78b4' },
        encoding: {
          x: { ...x, field: 'x2' },
          y: { ...y, field: 'y2' },
          angle: { field: 'angle', type: 'quantitative' as const, scale: null },
        },
      },
    ],
  };
}

/** Best responses in 2 x 2 games: arrows are moves, orange cells are equilibria. */
export const bestResponses: GamePicture = {
  name: 'best-responses',
  summary: 'stag hunt, pigs and matching pennies: where best responses go',
  draw: () =>
    drawSpec({
      background: 'white',
      data: { values: [] },
      hconcat: [
        panel(stagHunt(), 'alternating'),
        panel(pigs(), 'alternating'),
        panel(matchingPennies(), 'alternating'),
        panel(stagHunt(), 'simultaneous'),
      ],
    }),
};
