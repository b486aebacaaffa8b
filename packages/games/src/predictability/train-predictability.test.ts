import {
  createRng,
  createStepContext,
  flattenTree,
  mapTree,
  referenceBackend,
  type Tree,
} from '@ganymede/core';
import { sgd } from '@ganymede/nn';
import { evaluate, input, numbersOf, type Tensor, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { unitPredictors } from './predictability-networks.js';
import { trainPredictability } from './train-predictability.js';

const backend = await referenceBackend();
const oneHot = valueOf([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], [4, 4]);

describe('predictors', () => {
  it('see all units but their own', () => {
    const network = unitPredictors(3, 2);
    const variables = network.init(createRng(1), [2, 3]);
    const { ctx } = createStepContext({ training: false });
    const symbols = mapTree(variables, (v, path) => input(path, v.shape)) as Tree<Tensor>;
    const y = network.apply(symbols, input('codes', [1, 3]), ctx);
    const at = (codes: number[]) =>
      numbersOf(evaluate({ y }, { codes: valueOf(codes, [1, 3]), ...flattenTree(variables) }).y);
    const [base, moved] = [at([0.1, 0.5, 0.9]), at([0.1, 0.8, 0.9])];
    expect(base[1]).toBe(moved[1]);
    expect(base[0]).not.toBe(moved[0]);
    expect(base[2]).not.toBe(moved[2]);
  });
});

describe('predictability minimization', () => {
  /** With rates of 0 nothing moves: the reported V is that of the start. With only the code moving, V goes up, or down. */
  const vAfter = async (unpredictability: 'maximize' | 'minimize', rate: number) => {
    const { history } = await trainPredictability(oneHot, backend, {
      units: 2,
      iterations: 21,
      predictorUpdates: 1,
      unpredictability,
      optimizers: { code: sgd({ rate }), predictors: sgd({ rate: 0 }) },
      seed: 2,
    });
    expect(history.map(({ iteration }) => iteration)).toEqual([1, 11, 21]);
    return history.map(({ metrics }) => metrics.unpredictability as number);
  };

  it('the code makes V large, or small with the sign reversed', async () => {
    const [still0, , still2] = await vAfter('maximize', 0);
    expect(still2).toBe(still0);
    const up = await vAfter('maximize', 0.5);
    const down = await vAfter('minimize', 0.5);
    expect(up[0]).toBe(still0);
    expect(up[2]).toBeGreaterThan(up[0] as number);
    expect(down[2]).toBeLessThan(down[0] as number);
  });

  it('the predictors make V small', async () => {
    const { history } = await trainPredictability(oneHot, backend, {
      units: 2,
      iterations: 21,
      optimizers: { code: sgd({ rate: 0 }), predictors: sgd({ rate: 0.5 }) },
      seed: 2,
    });
    expect(history.at(-1)?.metrics.unpredictability).toBeLessThan(
      history[0]?.metrics.unpredictability as number,
    );
  });

  it('reconstruction is learned beside it, from batches, the same for the same seed', async () => {
    const train = () =>
      trainPredictability(oneHot, backend, {
        units: 2,
        iterations: 60,
        reconstruction: 5,
        batchSize: 3,
        seed: 4,
      });
    const [a, b] = [await train(), await train()];
    expect(a.encode(oneHot)).toEqual(b.encode(oneHot));
    expect(Object.keys(a.state)).toContain('decoder/kernel');
    // 60 iterations are seven entries of the history; a fifth of them is two.
    const late = a.history
      .slice(-2)
      .map(({ metrics }) => 5 * (metrics.reconstruction ?? 0) - (metrics.unpredictability ?? 0));
    expect(a.history).toHaveLength(7);
    expect(a.objective).toBeCloseTo(((late[0] ?? 0) + (late[1] ?? 0)) / 2, 12);
    expect(a.history.at(-1)?.metrics.reconstruction).toBeLessThan(
      a.history[0]?.metrics.reconstruction as number,
    );
  });

  it('refuses what has no shape for it', async () => {
    for (const [patterns, units] of [
      [valueOf([1, 2, 3]), 2],
      [oneHot, 1],
      [valueOf([1, 2], [1, 2]), 2],
    ] as const)
      await expect(trainPredictability(patterns, backend, { units })).rejects.toMatchObject({
        code: 'GANYMEDE_SHAPE',
      });
  });
});
