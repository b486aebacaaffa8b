import { createRng, type Regularizer } from '@ganymede/core';
import {
  firstNonFinite,
  grad,
  matmul,
  numbersOf,
  scalarOf,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { describe, expect } from 'vitest';
import { checker, type Skip } from './check.js';
import { expectClose } from './expect-close.js';
import { finiteDifferences } from './finite-differences.js';
import { createWorkbench, type Workbench } from './workbench.js';

/** Names of the checks. */
export type RegularizerCheck = 'linear' | 'flat' | 'differences' | 'noise';

/** A regularizer of the discriminator to be checked. */
export interface RegularizerRow {
  readonly name: string;
  create(): Regularizer;
  /** Its value for the discriminator w·x, whose slope ‖w‖ is the same everywhere. */
  readonly linear: (slope: number) => number;
  /** Checks that do not hold, each with the reason. */
  readonly skip?: Skip<RegularizerCheck>;
}

const batch = 3;
const width = 4;
const draw = (name: string, shape: readonly number[]): Value =>
  createRng(3).child(name).draw(shape, { kind: 'normal' });

/** The penalty of the discriminator `critic`, on fixed real and generated samples. */
function penalize(row: RegularizerRow, bench: Workbench, critic: (x: Tensor) => Tensor): Tensor {
  const real = bench.symbol('real', draw('real', [batch, width]));
  const fake = bench.symbol('fake', draw('fake', [batch, width]));
  const penalty = row.create().penalty({
    discriminate: critic,
    real,
    fake,
    realLogits: critic(real),
    fakeLogits: critic(fake),
    ctx: bench.ctx,
  });
  expect(penalty.shape, 'a penalty is a scalar').toEqual([]);
  return penalty;
}

const linearCritic = (bench: Workbench, weights: readonly number[]) => {
  const w = bench.symbol('w', valueOf(weights, [width, 1]));
  return { w, critic: (x: Tensor) => matmul(x, w) };
};

/** A critic with curvature: two dense layers, tanh and leaky ReLU. */
const curvedCritic = (bench: Workbench, hidden: Value) => {
  const w = bench.symbol('hidden', hidden);
  const out = bench.symbol('out', draw('out', [5, 1]));
  return { w, critic: (x: Tensor) => matmul(matmul(x, w).tanh().leakyRelu(0.2), out) };
};

/**
 * The conformance suite of a regularizer, as vitest tests: the exact value for a linear discriminator, a finite gradient for a
 * constant one, second derivatives against finite differences, and noise drawn anew at each call.
 */
export function testRegularizer(row: RegularizerRow): void {
  const check = checker<RegularizerCheck>(row.skip);

  describe(`regularizer ${row.name}`, () => {
    check('linear', 'has its exact value for linear discriminators', () => {
      for (const slope of [0.25, 1, 2.5]) {
        const bench = createWorkbench({ training: true });
        const direction = [0.5, -0.5, 0.1, 0.7];
        const penalty = penalize(
          row,
          bench,
          linearCritic(
            bench,
            direction.map((x) => x * slope),
          ).critic,
        );
        expectClose(
          bench.evaluate([penalty])[0] as Value,
          row.linear(slope),
          1e-6,
          `penalty at slope ${slope}`,
        );
      }
    });

    check('flat', 'is finite, with a finite gradient, for a constant discriminator', () => {
      const bench = createWorkbench({ training: true });
      const { w, critic } = linearCritic(bench, [0, 0, 0, 0]);
      const penalty = penalize(row, bench, critic);
      const [gradient] = grad(penalty, [w]) as [Tensor];
      const [value, slope] = bench.evaluate([penalty, gradient]) as [Value, Value];
      expectClose(value, row.linear(0), 1e-12, 'penalty');
      expect(firstNonFinite(slope), 'first non-finite element of the gradient').toBe(-1);
    });

    check('differences', 'has the gradient that finite differences of its value give', () => {
      const hidden = draw('hidden', [width, 5]);
      const valueAt = (w: Value) => {
        const bench = createWorkbench({ training: true });
        return scalarOf(bench.evaluate([penalize(row, bench, curvedCritic(bench, w).critic)])[0] as Value);
      };
      const bench = createWorkbench({ training: true });
      const { w, critic } = curvedCritic(bench, hidden);
      const [gradient] = grad(penalize(row, bench, critic), [w]) as [Tensor];
      const exact = bench.evaluate([gradient])[0] as Value;
      expect(Math.max(...numbersOf(exact).map(Math.abs))).toBeGreaterThan(1e-3);
      expectClose(exact, finiteDifferences(valueAt, hidden), 1e-6, 'gradient');
    });

    check('noise', 'depends on its inputs and the noise of the call alone', () => {
      const bench = createWorkbench({ training: true });
      const penalty = penalize(row, bench, curvedCritic(bench, draw('hidden', [width, 5])).critic);
      const at = (call: number) => scalarOf(bench.evaluate([penalty], { call })[0] as Value);
      expect(at(0)).toBe(at(0));
      expect(at(1) === at(0)).toBe(bench.noise.length === 0);
    });
  });
}
