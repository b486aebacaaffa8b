import { grad, type Tensor, valueOf } from '@ganymede/tensor';
import { createWorkbench, expectClose, testJointLoss, testLoss } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { jointLossTable } from './joint-losses.table.js';
import { leastSquares } from './least-squares.js';
import { lossTable } from './losses.table.js';
import { minimax } from './minimax.js';
import { nonSaturating } from './non-saturating.js';
import { losses } from './plugin.js';
import { smoothedLabels } from './smoothed-labels.js';

for (const row of lossTable) testLoss(row);
for (const row of jointLossTable) testJointLoss(row);

/** `leastSquares, Pearson coding` to `least-squares`. */
const idOf = (row: string) => row.replace(/,.*/, '').replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
const lossModules = losses.modules.filter(({ kind }) => kind === 'loss');
const shortId = ({ id }: { readonly id: string }) => id.replace(/^.*\//, '');

/** Composite Simpson on [−15, 15]. */
function integrate(f: (x: number) => number): number {
  const [low, high, count] = [-15, 15, 6000];
  const h = (high - low) / count;
  let sum = f(low) + f(high);
  for (let i = 1; i < count; i++) sum += f(low + i * h) * (i % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}

const gaussian = (mean: number, std: number) => (x: number) =>
  Math.exp(-(((x - mean) / std) ** 2) / 2) / (std * Math.sqrt(2 * Math.PI));

describe('losses', () => {
  it('every loss of the plugin has a row in the table', () => {
    const ids = lossModules.map(shortId);
    const rows = [...lossTable, ...jointLossTable].map(({ name }) => idOf(name));
    expect([...new Set(rows)].sort()).toEqual([...ids].sort());
  });

  it.each(lossModules.map((module) => [shortId(module), module] as const))(
    '%s says where it is from, what it computes and what that can be',
    (id, { reference }) => {
      expect(reference?.title.length).toBeGreaterThan(5);
      expect(reference?.year).toBeGreaterThan(2013);
      const logits = [-7, -2.5, -0.75, 0.3, 1.6, 4, 0, 9];
      for (const row of lossTable.filter(({ name }) => idOf(name) === id)) {
        for (const [side, values] of [
          ['discriminator', logits.flatMap((f) => logits.map((g) => row.real(f)[0] + row.fake(g)[0]))],
          ['generator', logits.map((f) => row.generator(f)[0])],
        ] as const) {
          const [low, high] = reference?.formulas[side]?.range ?? [Number.NaN, Number.NaN];
          expect(Math.min(...values), `${row.name}, ${side}`).toBeGreaterThanOrEqual(low);
          expect(Math.max(...values), `${row.name}, ${side}`).toBeLessThanOrEqual(high);
        }
      }
      for (const row of jointLossTable.filter(({ name }) => idOf(name) === id)) {
        const fake = logits.toReversed();
        for (const [side, value] of [
          ['discriminator', row.discriminator(logits, fake)],
          ['generator', row.generator(fake, logits)],
        ] as const) {
          const [low, high] = reference?.formulas[side]?.range ?? [Number.NaN, Number.NaN];
          expect(value, `${row.name}, ${side}`).toBeGreaterThanOrEqual(low);
          expect(value, `${row.name}, ${side}`).toBeLessThanOrEqual(high);
        }
      }
    },
  );

  it('every regularizer says where it is from and what it adds', () => {
    const regularizers = losses.modules.filter(({ kind }) => kind === 'regularizer');
    expect(regularizers).toHaveLength(10);
    for (const { id, reference } of regularizers) {
      expect(reference?.formulas.penalty?.equation.length, id).toBeGreaterThan(5);
      expect(reference?.year, id).toBeGreaterThan(2016);
    }
  });

  it('smoothed labels follow their schedule', () => {
    const bench = createWorkbench();
    const real = bench.symbol('real', valueOf([0, 2]));
    const loss = smoothedLabels({ real: (call) => 0.5 + 0.1 * call, fake: (call) => 0.2 - 0.1 * call });
    const d = loss.discriminator(real, real, { ctx: bench.ctx });
    const softplus = (Math.log(2) + Math.log1p(Math.exp(2))) / 2;
    for (const call of [0, 2]) {
      const expected = 2 * softplus - (0.5 + 0.1 * call) - (0.2 - 0.1 * call);
      expectClose(Number(bench.evaluate([d], { call })[0]?.data[0]), expected, 1e-7, `call ${call}`);
    }
    expect(bench.scalars.map(({ name }) => name)).toEqual(['scalar/realLabel', 'scalar/fakeLabel']);
  });

  it('at a logit of −8 the saturating generator hardly moves and the other one does', () => {
    const slopeOf = (loss: ReturnType<typeof minimax>) => {
      const bench = createWorkbench();
      const fake = bench.symbol('fake', valueOf([-8]));
      return Number(bench.evaluate(grad(loss.generator(fake), [fake]))[0]?.data[0]);
    };
    expectClose(slopeOf(minimax()) * 1e4, -3.35, 5e-3, 'saturating');
    expectClose(slopeOf(nonSaturating()), -0.99966, 5e-6, 'non-saturating');
  });

  it('at the best discriminator minimax is log 4 − 2·JS: N(0, 1) against N(1, 1.5)', () => {
    const [p, q] = [gaussian(0, 1), gaussian(1, 1.5)];
    const best = (x: number) => Math.log(p(x) / q(x));
    // One logit at a time, weighted by the densities: the loss is a mean of terms.
    const term = lossTable.find(({ name }) => name === 'minimax');
    const value = integrate(
      (x) => p(x) * (term?.real(best(x))[0] ?? 0) + q(x) * (term?.fake(best(x))[0] ?? 0),
    );
    expectClose(value, 1.187714, 1e-6, 'loss');
    expectClose((Math.log(4) - value) / 2, 0.0992901, 1e-6, 'JS');
  });

  it('least squares with b − c = 1 and b − a = 2 is Pearson’s χ² at the best discriminator', () => {
    const [p, q] = [gaussian(0, 1), gaussian(1, 1.5)];
    const options = { a: -1, b: 1, c: 0 };
    // The generator's loss over both densities at D* = (b·p + a·q) / (p + q), twice, on a grid of logits.
    const grid = Array.from({ length: 3001 }, (_, i) => -15 + i / 100);
    const bench = createWorkbench();
    const logits = bench.symbol(
      'x',
      valueOf(
        grid.map((x) => (p(x) - q(x)) / (p(x) + q(x))),
        undefined,
        'float64',
      ),
    );
    const weights = bench.symbol(
      'w',
      valueOf(
        grid.map((x) => (p(x) + q(x)) / 100),
        undefined,
        'float64',
      ),
    );
    const loss = leastSquares(options);
    const perLogit = grad(loss.generator(logits), [logits])[0] as Tensor;
    // ½·d² per logit, from its derivative d / n.
    const twice = perLogit.mul(grid.length).square().mul(weights).sum();
    expectClose(Number(bench.evaluate([twice])[0]?.data[0]), 0.348629, 1e-5, 'χ²');
  });
});
