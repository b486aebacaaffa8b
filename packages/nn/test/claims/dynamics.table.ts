import type { Optimizer } from '@ganymede/core';
import type { ClaimRow } from '@ganymede/testing';
import {
  consensus,
  type Dynamics,
  extragradient,
  inTurn,
  jointLookahead,
  optimisticSgd,
  sgd,
  simultaneous,
  symplectic,
} from '../../src/index.js';
import { pathOf, play, twoNumbers } from '../play.js';

const eta = 0.125;

/** Points of the bilinear game f = x·y, x the one who minimises, from (1, 0). */
const bilinear = (
  dynamics: Dynamics,
  updates: number,
  optimizer: () => Optimizer = () => sgd({ rate: eta }),
) =>
  pathOf(
    play(
      dynamics,
      twoNumbers({ x: (x, y) => x.mul(y), y: (x, y) => x.mul(y).neg() }, [1, 0], {
        x: optimizer(),
        y: optimizer(),
      }),
      updates,
    ),
  );

/** Factor of the distance from the equilibrium per update, between two of them. */
function factor(path: readonly (readonly [number, number])[], from: number, to: number): number {
  const distance = (at: number) => Math.hypot(...(path[at] as readonly [number, number]));
  return (distance(to) / distance(from)) ** (1 / (to - from));
}

/** |1 − α + α (1 − iη)ᵏ|. */
function lookaheadFactor(k: number, alpha: number): number {
  const [size, angle] = [(1 + eta * eta) ** (k / 2), -k * Math.atan(eta)];
  return Math.hypot(1 - alpha + alpha * size * Math.cos(angle), alpha * size * Math.sin(angle));
}

const exactly = (value: number) => ({ exact: value, tolerance: 1e-12 });

/** Rows about training dynamics on f = x·y at rate 1/8, in float64. */
export const dynamicsRows: readonly ClaimRow[] = [
  {
    about: 'Simultaneous gradient descent',
    claim: 'on f = x·y each update takes the players away from the equilibrium by √(1 + η²), η = 1/8',
    expected: exactly(Math.sqrt(1 + eta * eta)),
    measure: () => factor(bilinear(simultaneous(), 100), 0, 100),
  },
  {
    about: 'Alternating gradient descent',
    claim: 'on f = x·y the players stay bounded: largest distance in 10 000 updates that start at 1, η = 1/8',
    expected: { between: [1, Math.sqrt((1 + eta / 2) / (1 - eta / 2)) + 1e-9] },
    measure: () => Math.max(...bilinear(inTurn(), 10_000).map(([x, y]) => Math.hypot(x, y))),
  },
  {
    about: 'Alternating gradient descent',
    claim: 'on f = x·y it keeps x² − ηxy + y²: largest change in 10 000 updates',
    expected: { below: 1e-10 },
    measure: () =>
      Math.max(...bilinear(inTurn(), 10_000).map(([x, y]) => Math.abs(x * x - eta * x * y + y * y - 1))),
  },
  {
    about: 'Extragradient (Korpelevich 1976; Gidel et al. 2019)',
    claim: 'on f = x·y each update comes closer by √(1 − η² + η⁴), η = 1/8',
    expected: exactly(Math.sqrt(1 - eta ** 2 + eta ** 4)),
    measure: () => factor(bilinear(extragradient(), 100), 0, 100),
  },
  {
    about: 'Consensus optimization (Mescheder et al. 2017)',
    claim: 'on f = x·y each update comes closer by √((1 − ηγ)² + η²), η = 1/8, γ = 2',
    expected: exactly(Math.sqrt((1 - 2 * eta) ** 2 + eta ** 2)),
    measure: () => factor(bilinear(consensus({ strength: 2 }), 50), 0, 50),
  },
  {
    about: 'Symplectic gradient adjustment (Balduzzi et al. 2018)',
    claim: 'on f = x·y, aligned, each update comes closer by √((1 − η)² + η²), η = 1/8',
    expected: exactly(Math.sqrt((1 - eta) ** 2 + eta ** 2)),
    measure: () => factor(bilinear(symplectic(), 50), 0, 50),
  },
  {
    about: 'Optimistic gradient descent (Daskalakis et al. 2018)',
    claim: 'on f = x·y updates 200 to 400 each come closer by √((1 + √(1 − 4η²)) / 2), η = 1/8',
    expected: exactly(Math.sqrt((1 + Math.sqrt(1 - 4 * eta * eta)) / 2)),
    measure: () =>
      factor(
        bilinear(simultaneous(), 400, () => optimisticSgd({ rate: eta })),
        200,
        400,
      ),
  },
  {
    about: 'Joint lookahead (LA-GAN, Chavdarova et al. 2021)',
    claim: 'on f = x·y five simultaneous updates and a step back come closer by |1 − α + α (1 − iη)⁵|, α = ½',
    expected: exactly(lookaheadFactor(5, 0.5)),
    measure: () =>
      factor(bilinear(jointLookahead({ every: 5, rate: 0.5, inner: simultaneous() }), 100), 0, 100) ** 5,
  },
];
