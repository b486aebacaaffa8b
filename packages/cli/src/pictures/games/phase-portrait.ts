import { bilinearGame, gameField, playGradient } from '@ganymede/games';
import { consensus, type Dynamics, extragradient, inTurn, simultaneous, symplectic } from '@ganymede/nn';
import { drawSpec } from './draw-spec.js';
import type { GamePicture } from './game-picture.js';

const rate = 0.1;
const reach = 2;

const played: readonly (readonly [name: string, dynamics: Dynamics])[] = [
  ['simultaneous', simultaneous()],
  ['alternating', inTurn()],
  ['extragradient', extragradient()],
  ['consensus, γ = 1', consensus({ strength: 1 })],
  ['symplectic, λ = 1', symplectic({ strength: 1 })],
];

/** Against the field: where gradient flow goes. Middles of cells, and ends of strokes along the flow. */
function strokes(): readonly {
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
}[] {
  const { field } = gameField(bilinearGame());
  const ticks = Array.from({ length: 9 }, (_, i) => (i - 4) * (reach / 4.5));
  return ticks.flatMap((x) =>
    ticks.map((y) => {
      const [u = 0, v = 0] = field([x, y]);
      const length = Math.hypot(u, v) || 1;
      return { x, y, x2: x - (0.25 * u) / length, y2: y - (0.25 * v) / length };
    }),
  );
}

/** f = x·y, x down and y up: 120 steps of five dynamics from the same start, over the gradient flow. */
export const phasePortrait: GamePicture = {
  name: 'phase-portrait',
  summary: 'f = x·y played by five dynamics: outwards, around, inwards',
  draw() {
    const scale = { domain: [-reach, reach] };
    const axis = { grid: false, tickCount: 4 };
    const x = { field: 'x', type: 'quantitative' as const, title: null, scale, axis };
    const y = { field: 'y', type: 'quantitative' as const, title: null, scale, axis };
    const flow = {
      data: { values: [...strokes()] },
      mark: { type: 'rule' as const, color: '#bbb' },
      encoding: { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
    };
    const panels = played.map(([title, dynamics]) => {
      const { path } = playGradient(bilinearGame(), { dynamics, rate, steps: 120 });
      const points = path.map(([px = 0, py = 0], step) => ({ x: px, y: py, step }));
      const left = points.findIndex((p) => Math.max(Math.abs(p.x), Math.abs(p.y)) > reach);
      const inside = points.slice(0, left < 0 ? points.length : left);
      return {
        title,
        width: 200,
        height: 200,
        layer: [
          flow,
          {
            data: { values: inside },
            mark: { type: 'line' as const, strokeWidth: 1.5, color: '#d95f02' },
            encoding: { x, y, order: { field: 'step', type: 'quantitative' as const } },
          },
          {
            data: { values: inside.slice(0, 1) },
            mark: { type: 'point' as const, filled: true, size: 50, color: '#d95f02' },
            encoding: { x, y },
          },
          {
            data: { values: [{ x: 0, y: 0 }] },
            mark: { type: 'point' as const, shape: 'cross', filled: true, size: 60, color: 'black' },
            encoding: { x, y },
          },
        ],
      };
    });
    return drawSpec({ background: 'white', hconcat: panels, data: { values: [] } });
  },
};
