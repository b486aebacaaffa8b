import { ortBackend } from '@ganymede/backend-ort';
import { adversarial, normal } from '@ganymede/continuous';
import {
  type Algorithm,
  createRng,
  type Dataset,
  type MetricInput,
  referenceBackend,
  type State,
  type Step,
} from '@ganymede/core';
import { adam, dense, relu, sequential, sgd } from '@ganymede/nn';
import { filled, grad, numbersOf, type Tensor, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { dualityGap } from './duality-gap.js';

const backend = await referenceBackend();

/** Points (5, 0) and around: `[length, 2]`. */
const points = (length: number, counted: number[] = []): Dataset => {
  const all = createRng(3).draw([length, 2], { kind: 'normal', std: 0.1 });
  return {
    summary: `${length} points`,
    length,
    fields: { points: { dtype: 'float32', shape: [2] } },
    async read(indices) {
      const rows = Array.from(indices);
      counted.push(...rows);
      const data = numbersOf(all);
      return {
        points: valueOf(
          rows.flatMap((i) => [5 + (data[2 * i] as number), data[2 * i + 1] as number]),
          [rows.length, 2],
        ),
      };
    },
    hash: async () => 'hash',
  };
};

const inputOf = (algorithm: Partial<Algorithm>, state: State, dataset = points(40)): MetricInput => ({
  // The metric looks at the players only.
  algorithm: algorithm as Algorithm,
  state,
  dataset,
  backend,
  seed: 1,
  samples: () => {
    throw new Error('not asked for');
  },
});

/** f = x²/2 + x y − y²/2, x down and y up, by plain descent at rate 0.5. */
const saddlePlayer = (player: 'x' | 'y'): Step => ({
  name: player,
  batch: {},
  program(state) {
    const [x, y] = [state.get('x/at'), state.get('y/at')];
    const f = x.square().sub(y.square()).mul(0.5).add(x.mul(y));
    const loss = player === 'x' ? f : f.neg();
    const own = player === 'x' ? x : y;
    const [slope] = grad(loss, [own]) as [Tensor];
    return { state: { [`${player}/at`]: own.sub(slope.mul(0.5)) }, outputs: { [`${player}Loss`]: loss } };
  },
});

describe('duality gap', () => {
  it('of a quadratic saddle, by hand, and the state stays', async () => {
    const state = { 'x/at': valueOf(2), 'y/at': valueOf(-1) };
    const input = inputOf({ players: { x: saddlePlayer('x'), y: saddlePlayer('y') } }, state);
    const measured = await dualityGap({ steps: 40, batches: 1 }).measure(input);
    expect(measured.map(({ name }) => name)).toEqual(['dualityGap', 'xGain', 'yGain']);
    expect(measured[0]?.value).toBeCloseTo(5, 5);
    expect(measured[1]?.value).toBeCloseTo(0.5, 5);
    expect(measured[2]?.value).toBeCloseTo(4.5, 5);
    expect(measured[0]?.provenance).toEqual({ steps: 40, batches: 1, checks: 4, seed: 1, data: 'hash' });
    expect([state['x/at'].data[0], state['y/at'].data[0]]).toEqual([2, -1]);
  });

  it('names what an algorithm lacks, and refuses one example', async () => {
    const players = { x: saddlePlayer('x') };
    await expect(dualityGap().measure(inputOf({}, {}))).rejects.toMatchObject({
      code: 'GANYMEDE_NO_PLAYERS',
    });
    await expect(dualityGap().measure(inputOf({ players }, {}, points(1)))).rejects.toMatchObject({
      code: 'GANYMEDE_TOO_FEW_SAMPLES',
    });
  });

  describe('of a GAN', () => {
    const make = () =>
      adversarial(
        {
          latent: normal(2),
          generator: sequential(dense(2)),
          discriminator: sequential(dense(8), relu(), dense(1)),
          loss: {
            discriminator: (real, fake) => real.neg().softplus().mean().add(fake.softplus().mean()),
            generator: (fake) => fake.neg().softplus().mean(),
          },
          optimizers: { generator: sgd({ rate: 0.05 }), discriminator: adam({ rate: 0.05 }) },
        },
        { data: points(40), batchSize: 8 },
      );

    it('measures on rows that the copies have not learned from', async () => {
      const read: number[] = [];
      const algorithm = make();
      await dualityGap({ steps: 3, batches: 2, checks: 1 }).measure(
        inputOf(algorithm, algorithm.init(createRng(1)), points(40, read)),
      );
      // Per player: two batches before, three learned from, two after.
      expect(read).toHaveLength(2 * 7 * 8);
      const [before, learned, after] = [read.slice(0, 16), read.slice(16, 40), read.slice(40, 56)];
      expect(after).toEqual(before);
      expect(learned.filter((row) => before.includes(row))).toEqual([]);
    });

    it('leaves the state as it is on ONNX Runtime, too, and says the same as the interpreter', async () => {
      const algorithm = make();
      const start = algorithm.init(createRng(1));
      const copy = structuredClone(start);
      const options = { steps: 20, batches: 2 };
      const own = await dualityGap(options).measure(inputOf(algorithm, start));
      const ort = await ortBackend({ threads: 1 });
      try {
        const again = [1, 2].map(() =>
          dualityGap(options).measure({ ...inputOf(algorithm, start), backend: ort }),
        );
        for (const measured of await Promise.all(again))
          measured.forEach(({ value }, i) => {
            expect(value).toBeCloseTo(own[i]?.value as number, 3);
          });
        expect(start).toEqual(copy);
      } finally {
        await ort.dispose();
      }
    });

    it('is large where a discriminator can tell, and leaves the state as it is', async () => {
      const algorithm = make();
      const start = algorithm.init(createRng(1));
      const copy = structuredClone(start);
      const gapOf = async (state: State) => {
        const [gap, d, g] = await dualityGap({ steps: 60, batches: 3 }).measure(inputOf(algorithm, state));
        return { gap: gap?.value as number, d: d?.value as number, g: g?.value as number };
      };
      const untrained = await gapOf(start);
      expect(untrained.gap).toBeGreaterThan(0.95);
      expect(untrained.d).toBeGreaterThan(0.5);
      expect(start).toEqual(copy);
      // At the equilibrium: the generator makes the data (its bias at (5, 0), its kernel 0.1 I), the discriminator says ½.
      const equilibrium = Object.fromEntries(
        Object.entries(start).map(([path, v]) => {
          if (path.startsWith('discriminator')) return [path, filled(v.shape, 0)];
          if (path.startsWith('generator') && path.endsWith('kernel'))
            return [path, valueOf([0.1, 0, 0, 0.1], [2, 2])];
          if (path.startsWith('generator') && path.endsWith('bias')) return [path, valueOf([5, 0])];
          return [path, v];
        }),
      ) as State;
      const settled = await gapOf(equilibrium);
      expect(settled.g).toBeCloseTo(0, 6);
      expect(settled.gap).toBeLessThan(0.1);
      expect(settled.gap).toBeGreaterThanOrEqual(0);
    });
  });
});
