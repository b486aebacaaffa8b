import type { Optimizer } from '@ganymede/core';
import type { Tensor } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { pathOf, play, twoNumbers } from '../../test/play.js';
import { adam, optimisticSgd, sgd } from '../index.js';
import { consensus } from './consensus.js';
import { extragradient } from './extragradient.js';
import type { Dynamics } from './game.js';
import { inTurn } from './in-turn.js';
import { jointLookahead } from './joint-lookahead.js';
import { simultaneous } from './simultaneous.js';
import { symplectic } from './symplectic.js';
import { unrolled } from './unrolled.js';

type Point = readonly [x: number, y: number];
type Matrix = readonly [readonly [number, number], readonly [number, number]];

/** A linear-quadratic game: L_x = ½ a x² + c x y, L_y = ½ b y² − c x y, so that the field is J z. */
interface Quadratic {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const games: Readonly<Record<string, Quadratic>> = {
  'f = x·y': { a: 0, b: 0, c: 1 },
  'a linear-quadratic game': { a: 0.5, b: 0.25, c: 1.5 },
  'an unstable linear-quadratic game': { a: -0.25, b: -1.5, c: 0.5 },
};

const eta = 0.125;
const start: Point = [1, -0.5];
const updates = 20;

const jacobian = ({ a, b, c }: Quadratic): Matrix => [
  [a, c],
  [-c, b],
];
const times = ([p, q]: Matrix, [x, y]: Point): Point => [p[0] * x + p[1] * y, q[0] * x + q[1] * y];
const transpose = ([p, q]: Matrix): Matrix => [
  [p[0], q[0]],
  [p[1], q[1]],
];
const plus = ([x, y]: Point, by: number, [u, v]: Point): Point => [x + by * u, y + by * v];
const dot = ([x, y]: Point, [u, v]: Point): number => x * u + y * v;

/** z' of one update, by hand; `t` counts updates and `before` is the point before z. */
type Rule = (z: Point, game: Quadratic, t: number, memory: { last: Point; slow: Point }) => Point;

const gradientStep = (z: Point, game: Quadratic): Point => plus(z, -eta, times(jacobian(game), z));
const turnStep = ([x, y]: Point, { a, b, c }: Quadratic): Point => {
  const next = x - eta * (a * x + c * y);
  return [next, y - eta * (b * y - c * next)];
};
const lookaheadOf =
  (inner: (z: Point, game: Quadratic) => Point): Rule =>
  (z, game, t, memory) => {
    const fast = inner(z, game);
    if ((t + 1) % 4 !== 0) return fast;
    memory.slow = plus(memory.slow, 0.25, plus(fast, -1, memory.slow));
    return memory.slow;
  };

interface Row {
  readonly dynamics: Dynamics;
  readonly rule: Rule;
  readonly optimizer?: () => Optimizer;
  /** How often the losses of x and y are asked for. */
  readonly evaluations: readonly [number, number];
}

const rows: Readonly<Record<string, Row>> = {
  simultaneous: { dynamics: simultaneous(), rule: gradientStep, evaluations: [1, 1] },
  'in turn': { dynamics: inTurn(), rule: turnStep, evaluations: [1, 1] },
  extragradient: {
    dynamics: extragradient(),
    rule: (z, game) => plus(z, -eta, times(jacobian(game), gradientStep(z, game))),
    evaluations: [2, 2],
  },
  'consensus, strength 2': {
    dynamics: consensus({ strength: 2 }),
    rule(z, game) {
      const j = jacobian(game);
      const v = times(j, z);
      return plus(z, -eta, plus(v, 2, times(transpose(j), v)));
    },
    evaluations: [1, 1],
  },
  'symplectic, aligned': {
    dynamics: symplectic(),
    rule(z, game) {
      const j = jacobian(game);
      const xi = times(j, z);
      const grad = times(transpose(j), xi);
      const adjustment = plus([0, 0], 0.5, plus(grad, -1, times(j, xi)));
      const lambda = Math.sign((dot(xi, grad) * dot(adjustment, grad)) / 2 + 0.1);
      return plus(z, -eta, plus(xi, lambda, adjustment));
    },
    evaluations: [1, 1],
  },
  'symplectic, strength 0.5': {
    dynamics: symplectic({ align: false, strength: 0.5 }),
    rule: ([x, y], { a, b, c }) => {
      const xi: Point = [a * x + c * y, b * y - c * x];
      // Aᵀ = [[0, −c], [c, 0]].
      return plus([x, y], -eta, plus(xi, 0.5, [-c * xi[1], c * xi[0]]));
    },
    evaluations: [1, 1],
  },
  'optimistic descent': {
    dynamics: simultaneous(),
    optimizer: () => optimisticSgd({ rate: eta }),
    rule(z, game, t, memory) {
      const v = times(jacobian(game), z);
      const last = t === 0 ? ([0, 0] as const) : memory.last;
      memory.last = v;
      return plus(plus(z, -2 * eta, v), eta, last);
    },
    evaluations: [1, 1],
  },
  'lookahead of simultaneous updates': {
    dynamics: jointLookahead({ every: 4, rate: 0.25, inner: simultaneous() }),
    rule: lookaheadOf(gradientStep),
    evaluations: [1, 1],
  },
  'lookahead of updates in turn': {
    dynamics: jointLookahead({ every: 4, rate: 0.25 }),
    rule: lookaheadOf(turnStep),
    evaluations: [1, 1],
  },
  'unrolled, 3 steps of y': {
    dynamics: unrolled({ steps: 3, player: 'y' }),
    rule([x, y], { a, b, c }) {
      // y after k steps: qᵏ y + s x, with q = 1 − ηb and s = c η (1 + q + … + qᵏ⁻¹).
      const q = 1 - eta * b;
      const s = c * eta * (1 + q + q * q);
      const ahead = q ** 3 * y + s * x;
      return [x - eta * (a * x + c * ahead + c * x * s), y - eta * (b * y - c * x)];
    },
    evaluations: [1, 4],
  },
};

describe.each(Object.keys(games))('on %s', (name) => {
  const game = games[name] as Quadratic;
  const losses = {
    x: (x: Tensor, y: Tensor) =>
      x
        .mul(x)
        .mul(game.a / 2)
        .add(x.mul(y).mul(game.c)),
    y: (x: Tensor, y: Tensor) =>
      y
        .mul(y)
        .mul(game.b / 2)
        .sub(x.mul(y).mul(game.c)),
  };

  it.each(Object.keys(rows))('%s follows its closed form', (row) => {
    const { dynamics, rule, optimizer = () => sgd({ rate: eta }), evaluations } = rows[row] as Row;
    const played = play(dynamics, twoNumbers(losses, start, { x: optimizer(), y: optimizer() }), updates);
    const memory = { last: [0, 0] as Point, slow: start };
    let z = start;
    for (const [t, found] of pathOf(played).entries()) {
      expect(Math.abs(found[0] - z[0]), `x of update ${t}`).toBeLessThan(1e-12);
      expect(Math.abs(found[1] - z[1]), `y of update ${t}`).toBeLessThan(1e-12);
      z = rule(z, game, t, memory);
    }
    expect([played.evaluations.x, played.evaluations.y]).toEqual(evaluations);
  });
});

describe('extragradient with Adam', () => {
  it('updates the moments in both moves (Gidel et al. 2019, algorithm 4)', () => {
    const [beta1, beta2, epsilon, rate] = [0.5, 0.75, 1e-8, 0.125];
    const make = () => adam({ rate, beta1, beta2, epsilon });
    const played = play(
      extragradient(),
      twoNumbers({ x: (x, y) => x.mul(y), y: (x, y) => x.mul(y).neg() }, start, { x: make(), y: make() }),
      10,
    );
    const moments = [
      [0, 0],
      [0, 0],
    ] as [[number, number], [number, number]];
    let count = 0;
    const move = (from: Point, g: Point): Point => {
      count += 1;
      return from.map((p, i) => {
        const m = moments[i] as [number, number];
        m[0] = beta1 * m[0] + (1 - beta1) * (g[i] as number);
        m[1] = beta2 * m[1] + (1 - beta2) * (g[i] as number) ** 2;
        return (
          p - (rate * (m[0] / (1 - beta1 ** count))) / (Math.sqrt(m[1] / (1 - beta2 ** count)) + epsilon)
        );
      }) as unknown as Point; // Two numbers in, two out.
    };
    let z = start;
    for (const found of pathOf(played)) {
      expect(Math.hypot(found[0] - z[0], found[1] - z[1])).toBeLessThan(1e-12);
      const half = move(z, [z[1], -z[0]]);
      z = move(z, [half[1], -half[0]]);
    }
  });
});

describe('two time scales', () => {
  it('are different rates, each player its own', () => {
    const played = play(
      simultaneous(),
      twoNumbers({ x: (x, y) => x.mul(y), y: (x, y) => x.mul(y).neg() }, start, {
        x: sgd({ rate: 0.0625 }),
        y: sgd({ rate: 0.25 }),
      }),
      10,
    );
    let [x, y] = start;
    for (const [a, b] of pathOf(played)) {
      expect(Math.hypot(a - x, b - y)).toBeLessThan(1e-12);
      [x, y] = [x - 0.0625 * y, y + 0.25 * x];
    }
  });
});
