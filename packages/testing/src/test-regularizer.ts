import { createRng, type Regularizer, type Tree } from '@ganymede/core';
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

/** What a regularizer's value for the discriminator w·x depends on. */
export interface LinearCase {
  /** Rows of samples. */
  readonly real: readonly (readonly number[])[];
  readonly fake: readonly (readonly number[])[];
  /** w. */
  readonly weights: readonly number[];
  /** What was drawn for the noise input whose name ends like this. */
  noise(name: string): readonly number[];
}

/** A regularizer of the discriminator to be checked. */
export interface RegularizerRow {
  readonly name: string;
  create(): Regularizer;
  /** Its value for the discriminator w·x, whose slope ‖w‖ is the same everywhere. */
  readonly linear?: (slope: number) => number;
  /** The same where more than the slope counts; one of the two is there. */
  readonly value?: (linear: LinearCase) => number;
  /** Its state in the checks. @defaultValue what its `init` makes */
  readonly state?: Tree<Value>;
  /** Checks that do not hold, each with the reason. */
  readonly skip?: Skip<RegularizerCheck>;
}

const batch = 3;
const width = 4;
const draw = (name: string, shape: readonly number[]): Value =>
  createRng(3).child(name).draw(shape, { kind: 'normal' });

/** A discriminator in parts: its function and its parameters. */
interface Critic {
  readonly w: Tensor;
  readonly critic: (x: Tensor) => Tensor;
  readonly params: Tree<Tensor>;
}

/** The penalty of a discriminator, on fixed real and generated samples. */
function penalize(row: RegularizerRow, bench: Workbench, { critic, params }: Critic): Tensor {
  const regularizer = row.create();
  const real = bench.symbol('real', draw('real', [batch, width]));
  const fake = bench.symbol('fake', draw('fake', [batch, width]));
  const state = row.state ?? regularizer.init?.([batch, width]);
  const penalty = regularizer.penalty({
    discriminate: critic,
    real,
    fake,
    realLogits: critic(real),
    fakeLogits: critic(fake),
    ctx: bench.ctx,
    params,
    ...(state === undefined ? {} : { state: bench.symbols(state, 'state') }),
  });
  expect(penalty.shape, 'a penalty is a scalar').toEqual([]);
  return penalty;
}

function linearCritic(bench: Workbench, weights: readonly number[]): Critic {
  const w = bench.symbol('w', valueOf(weights, [width, 1]));
  return { w, critic: (x) => matmul(x, w), params: { out: { kernel: w } } };
}

/** A critic with curvature: two dense layers, tanh and leaky ReLU. */
function curvedCritic(bench: Workbench, hidden: Value): Critic {
  const w = bench.symbol('hidden', hidden);
  const out = bench.symbol('out', draw('out', [5, 1]));
  return {
    w,
    critic: (x) => matmul(matmul(x, w).tanh().leakyRelu(0.2), out),
    params: { hidden: { kernel: w }, out: { kernel: out } },
  };
}

const rowsOf = (name: string): readonly (readonly number[])[] => {
  const numbers = numbersOf(draw(name, [batch, width]));
  return Array.from({ length: batch }, (_, i) => numbers.slice(i * width, (i + 1) * width));
};

/** What the row says of the discriminator w·x. */
function expectedValue(row: RegularizerRow, bench: Workbench, weights: readonly number[]): number {
  if (row.linear !== undefined) return row.linear(Math.hypot(...weights));
  const noise = (suffix: string): readonly number[] => {
    const spec = bench.noise.find(({ name }) => name.endsWith(suffix));
    expect(spec, `noise input ${suffix}`).toBeDefined();
    const { name, shape, distribution } = spec as (typeof bench.noise)[number];
    return numbersOf(
      createRng(1)
        .child(name)
        .draw(shape as readonly number[], distribution),
    );
  };
  return row.value?.({ real: rowsOf('real'), fake: rowsOf('fake'), weights, noise }) ?? Number.NaN;
}

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
        const weights = direction.map((x) => x * slope);
        const penalty = penalize(row, bench, linearCritic(bench, weights));
        const expected = expectedValue(row, bench, weights);
        expectClose(bench.evaluate([penalty])[0] as Value, expected, 1e-6, `penalty at slope ${slope}`);
      }
    });

    check('flat', 'is finite, with a finite gradient, for a constant discriminator', () => {
      const bench = createWorkbench({ training: true });
      const flat = linearCritic(bench, [0, 0, 0, 0]);
      const penalty = penalize(row, bench, flat);
      const [gradient] = grad(penalty, [flat.w]) as [Tensor];
      const [value, slope] = bench.evaluate([penalty, gradient]) as [Value, Value];
      expectClose(value, expectedValue(row, bench, [0, 0, 0, 0]), 1e-12, 'penalty');
      expect(firstNonFinite(slope), 'first non-finite element of the gradient').toBe(-1);
    });

    check('differences', 'has the gradient that finite differences of its value give', () => {
      const hidden = draw('hidden', [width, 5]);
      const valueAt = (w: Value) => {
        const bench = createWorkbench({ training: true });
        return scalarOf(bench.evaluate([penalize(row, bench, curvedCritic(bench, w))])[0] as Value);
      };
      const bench = createWorkbench({ training: true });
      const curved = curvedCritic(bench, hidden);
      const [gradient] = grad(penalize(row, bench, curved), [curved.w]) as [Tensor];
      const exact = bench.evaluate([gradient])[0] as Value;
      expect(Math.max(...numbersOf(exact).map(Math.abs))).toBeGreaterThan(1e-3);
      expectClose(exact, finiteDifferences(valueAt, hidden), 1e-6, 'gradient');
    });

    check('noise', 'depends on its inputs and the noise of the call alone', () => {
      const bench = createWorkbench({ training: true });
      const penalty = penalize(row, bench, curvedCritic(bench, draw('hidden', [width, 5])));
      const at = (call: number) => scalarOf(bench.evaluate([penalty], { call })[0] as Value);
      expect(at(0)).toBe(at(0));
      expect(at(1) === at(0)).toBe(bench.noise.length === 0);
    });
  });
}
