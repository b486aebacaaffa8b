import type { Loss, LossInput } from '@ganymede/core';
import { firstNonFinite, grad, scalarOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect } from 'vitest';
import { checker, type Skip } from './check.js';
import { expectClose } from './expect-close.js';
import { finiteDifferences } from './finite-differences.js';
import { createWorkbench, type Workbench } from './workbench.js';

/** Names of the checks. */
export type LossCheck = 'values' | 'slopes' | 'limits' | 'patches';

/** What one logit adds to a loss, and the derivative of that. */
export type LossTerm = readonly [value: number, slope: number];

/** A loss that is the mean of one term per logit, to be checked against closed forms of the terms. */
export interface LossRow {
  readonly name: string;
  create(): Loss;
  /** Of a real logit in the discriminator's loss. */
  readonly real: (logit: number) => LossTerm;
  /** Of a generated logit in the discriminator's loss. */
  readonly fake: (logit: number) => LossTerm;
  /** Of a generated logit in the generator's loss. */
  readonly generator: (logit: number) => LossTerm;
  /** The same terms at −80 and at 80, written out. */
  readonly limits: Readonly<
    Record<'real' | 'fake' | 'generator', readonly [atMinus80: LossTerm, atPlus80: LossTerm]>
  >;
  /** Checks that do not hold, each with the reason. */
  readonly skip?: Skip<LossCheck>;
}

/** A loss in which logits meet each other, or that looks at more than logits, to be checked against closed forms of the whole. */
export interface JointLossRow {
  readonly name: string;
  create(): Loss;
  /** The discriminator's loss of all logits; stable, so that it can be compared at ±80. */
  readonly discriminator: (real: readonly number[], fake: readonly number[]) => number;
  /** The generator's loss. */
  readonly generator: (fake: readonly number[], real: readonly number[]) => number;
  /** Logits per sample: 8 / `columns` samples are used. @defaultValue 1 */
  readonly columns?: 1 | 2 | 4;
  /** What the loss looks at besides its logits. */
  readonly input?: (bench: Workbench) => LossInput;
  /** Size of the logits of the `limits` check. @defaultValue 80 */
  readonly limit?: number;
  /** Checks that do not hold, each with the reason. */
  readonly skip?: Skip<LossCheck>;
}

const realLogits = [-30, -8, -2.5, -0.75, 0.3, 1.6, 4, 12];
const fakeLogits = [9, 3.5, -8, 0.4, -1.2, 25, -0.1, -3];

interface Results {
  readonly discriminator: number;
  readonly generator: number;
  readonly byReal: Value;
  readonly byFake: Value;
  readonly generatorByFake: Value;
}

/** Both losses and their derivatives at the given logits of the given shape. */
function measure(
  row: Pick<JointLossRow, 'create' | 'input'>,
  logits: { readonly real: readonly number[]; readonly fake: readonly number[] },
  { shape, dtype = 'float64' }: { shape?: readonly number[]; dtype?: 'float32' | 'float64' } = {},
): Results {
  const bench = createWorkbench({ training: true, dtype });
  const symbol = (name: 'real' | 'fake') =>
    bench.symbol(name, valueOf(logits[name], shape ?? [logits[name].length, 1], dtype));
  const [real, fake] = [symbol('real'), symbol('fake')];
  const loss = row.create();
  const input = row.input?.(bench);
  const discriminator = loss.discriminator(real, fake, input);
  const generator = loss.generator(fake, real, input);
  expect([discriminator.shape, generator.shape], 'losses are scalars').toEqual([[], []]);
  const [byReal, byFake] = grad(discriminator, [real, fake]) as [Tensor, Tensor];
  const [generatorByFake] = grad(generator, [fake]) as [Tensor];
  const [d, g, dr, df, gf] = bench.evaluate([discriminator, generator, byReal, byFake, generatorByFake]);
  return {
    discriminator: scalarOf(d as Value),
    generator: scalarOf(g as Value),
    byReal: dr as Value,
    byFake: df as Value,
    generatorByFake: gf as Value,
  };
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

/**
 * The conformance suite of an adversarial loss, as vitest tests: values and derivatives against closed forms in float64, exact
 * limits and finite derivatives at logits of ±80 in float32, and maps of patches treated as so many logits.
 */
export function testLoss(row: LossRow): void {
  const check = checker<LossCheck>(row.skip);
  const logits = { real: realLogits, fake: fakeLogits };

  describe(`loss ${row.name}`, () => {
    check('values', 'has the values of its closed form', () => {
      const { discriminator, generator } = measure(row, logits);
      const expected =
        mean(realLogits.map((f) => row.real(f)[0])) + mean(fakeLogits.map((f) => row.fake(f)[0]));
      expectClose(discriminator, expected, 1e-12, 'discriminator loss');
      expectClose(generator, mean(fakeLogits.map((f) => row.generator(f)[0])), 1e-12, 'generator loss');
    });

    check('slopes', 'has the derivatives of its closed form', () => {
      const { byReal, byFake, generatorByFake } = measure(row, logits);
      const perLogit = (list: readonly number[], term: (f: number) => LossTerm) =>
        list.map((f) => term(f)[1] / list.length);
      expectClose(byReal, perLogit(realLogits, row.real), 1e-12, 'discriminator by real');
      expectClose(byFake, perLogit(fakeLogits, row.fake), 1e-12, 'discriminator by fake');
      expectClose(generatorByFake, perLogit(fakeLogits, row.generator), 1e-12, 'generator by fake');
    });

    check('limits', 'is finite and exact at logits of ±80, in float32 too', () => {
      for (const [i, f] of [-80, 80].entries()) {
        const [real, fake, generator] = [row.limits.real[i], row.limits.fake[i], row.limits.generator[i]] as [
          LossTerm,
          LossTerm,
          LossTerm,
        ];
        const found = measure(row, { real: [f], fake: [f] }, { dtype: 'float32' });
        expectClose(found.discriminator, real[0] + fake[0], 1e-6, `discriminator loss at ${f}`);
        expectClose(found.generator, generator[0], 1e-6, `generator loss at ${f}`);
        for (const key of ['byReal', 'byFake', 'generatorByFake'] as const) {
          expect(firstNonFinite(found[key]), `${key} at ${f}`).toBe(-1);
        }
        expectClose(found.byReal, [real[1]], 1e-6, `discriminator by real at ${f}`);
        expectClose(found.byFake, [fake[1]], 1e-6, `discriminator by fake at ${f}`);
        expectClose(found.generatorByFake, [generator[1]], 1e-6, `generator by fake at ${f}`);
      }
    });

    check('patches', 'takes maps of patches [N, 1, 4, 4] as so many logits', () => {
      const many = (list: readonly number[]) =>
        Array.from({ length: 32 }, (_, i) => (list[i % 8] as number) / (1 + (i >> 3)));
      const patches = { real: many(realLogits), fake: many(fakeLogits) };
      const flat = measure(row, patches);
      const map = measure(row, patches, { shape: [2, 1, 4, 4] });
      expect(map.byReal.shape).toEqual([2, 1, 4, 4]);
      expectClose(map.discriminator, flat.discriminator, 1e-12, 'discriminator loss');
      expectClose(map.generator, flat.generator, 1e-12, 'generator loss');
      expectClose(map.byReal.data as Float64Array, flat.byReal.data as Float64Array, 1e-12, 'derivatives');
    });
  });
}

/**
 * As {@link testLoss}, for a loss in which logits meet each other or that looks at more than logits: against its closed form as a
 * whole, its derivatives against differences of that.
 */
export function testJointLoss(row: JointLossRow): void {
  const check = checker<LossCheck>(row.skip);
  const logits = { real: realLogits, fake: fakeLogits };
  const columns = row.columns ?? 1;
  const shape = [realLogits.length / columns, columns];
  const slopes = (f: (list: readonly number[]) => number, at: readonly number[]) =>
    finiteDifferences((x) => f(Array.from(x.data as Float64Array)), valueOf(at, undefined, 'float64'));

  describe(`loss ${row.name}`, () => {
    check('values', 'has the values of its closed form', () => {
      const { discriminator, generator } = measure(row, logits, { shape });
      expectClose(discriminator, row.discriminator(realLogits, fakeLogits), 1e-11, 'discriminator loss');
      expectClose(generator, row.generator(fakeLogits, realLogits), 1e-11, 'generator loss');
    });

    check('slopes', 'has the derivatives of its closed form', () => {
      const { byReal, byFake, generatorByFake } = measure(row, logits, { shape });
      const ofReal = slopes((list) => row.discriminator(list, fakeLogits), realLogits);
      const ofFake = slopes((list) => row.discriminator(realLogits, list), fakeLogits);
      expectClose(byReal, ofReal, 1e-6, 'discriminator by real');
      expectClose(byFake, ofFake, 1e-6, 'discriminator by fake');
      const ofGenerator = slopes((list) => row.generator(list, realLogits), fakeLogits);
      expectClose(generatorByFake, ofGenerator, 1e-6, 'generator by fake');
    });

    check('limits', 'is finite and exact at logits of ±80, in float32 too', () => {
      const limit = row.limit ?? 80;
      for (const [r, f] of [
        [-limit, -limit],
        [limit, -limit],
        [-limit, limit],
        [limit, limit],
      ] as const) {
        const [real, fake] = [realLogits.map(() => r), fakeLogits.map(() => f)];
        const found = measure(row, { real, fake }, { dtype: 'float32', shape });
        expectClose(
          found.discriminator,
          row.discriminator(real, fake),
          1e-5,
          `discriminator loss at ${r}, ${f}`,
        );
        expectClose(found.generator, row.generator(fake, real), 1e-5, `generator loss at ${r}, ${f}`);
        for (const key of ['byReal', 'byFake', 'generatorByFake'] as const) {
          expect(firstNonFinite(found[key]), `${key} at ${r}, ${f}`).toBe(-1);
        }
      }
    });

    if (row.input !== undefined || columns > 1) return;
    check('patches', 'takes maps of patches [2, 1, 2, 2] as so many logits', () => {
      const flat = measure(row, logits);
      const map = measure(row, logits, { shape: [2, 1, 2, 2] });
      expect(map.byReal.shape).toEqual([2, 1, 2, 2]);
      expectClose(map.discriminator, flat.discriminator, 1e-12, 'discriminator loss');
      expectClose(map.generator, flat.generator, 1e-12, 'generator loss');
    });
  });
}
