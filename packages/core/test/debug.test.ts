import {
  constant,
  exp,
  GanymedeError,
  grad,
  log,
  scope,
  softmax,
  type Tensor,
  valueOf,
  where,
} from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Algorithm } from '../src/algorithm.js';
import { createGanymede } from '../src/create-ganymede.js';
import { defineAlgorithm } from '../src/define-module.js';
import { definePlugin } from '../src/define-plugin.js';
import type { NonFiniteOrigin } from '../src/find-non-finite.js';
import type { StepContext } from '../src/step.js';
import { reference, toys } from './toy.js';

type Fault = 'log' | 'exp' | 'division' | 'gradient' | 'state' | 'mask' | 'scalar' | 'none';

/** What each fault does to `[3]` numbers that are 1, 2, 3 at first and grow by 1 a step. */
const faults: Readonly<Record<Fault, (x: Tensor, ctx: StepContext) => Tensor>> = {
  log: (x) => scope('generator/head', () => log(x.mul(-1).add(3.5))),
  exp: (x) => scope('generator/head', () => exp(x.mul(29))),
  division: (x) => scope('critic/norm', () => x.div(x.sub(3).mul(x.sub(3))).sub(1)),
  gradient: (x) => scope('critic', () => x.sub(1).square().sqrt()),
  state: (x) => x,
  // -∞ is meant in the mask, and does no harm there.
  mask: (x) =>
    scope('generator/attention', () =>
      softmax(where(x.greater(1.5), x, constant(Number.NEGATIVE_INFINITY))).mul(
        scope('temperature', () => log(x.mul(0).sub(1))),
      ),
    ),
  scalar: (x, ctx) => x.mul(ctx.scalar('rate', (call) => (call === 1 ? Number.NaN : 0.5))),
  none: (x) => x,
};

const faulty = defineAlgorithm({
  id: '@acme/faulty/gan',
  summary: 'fails as it is told to',
  options: z.object({ fault: z.string() }),
  create: ({ fault }): Algorithm<'only'> => ({
    steps: {
      only: {
        name: 'only',
        batch: {},
        program(state, _, ctx) {
          const x = state.get('x');
          const y = faults[fault as Fault](x, ctx);
          const [slope] = grad(y.sum(), [x]);
          const next = { state: x.div(x.sub(1)), gradient: x.sub(slope) };
          const spoil = fault === 'state' || fault === 'gradient' ? next[fault] : x.add(1);
          return { state: { x: spoil }, outputs: { loss: y.sum() } };
        },
      },
    },
    sampler: { kind: 'points', program: (state) => ({ points: state.get('x') }) },
    init: () => ({ x: valueOf([0.5, 1, 2]) }),
    start: {},
    async *schedule({ steps }) {
      for (;;) yield await steps.only();
    },
  }),
});

const ganymede = createGanymede({
  plugins: [reference, toys, definePlugin({ name: '@acme/faulty', apiVersion: 1, modules: [faulty] })],
});

async function failureOf(fault: Fault, debug: boolean): Promise<GanymedeError> {
  const run = await ganymede.start('@acme/faulty/gan', {
    data: ganymede.create('@acme/toy/line'),
    options: { fault },
    steps: 5,
    batch: 2,
    ...(debug ? { debug: 'nonfinite' as const } : {}),
  });
  try {
    await run.complete();
  } catch (error) {
    if (GanymedeError.is(error)) return error;
    throw error;
  } finally {
    await run.dispose();
  }
  throw new Error('the run went well');
}
const originOf = (error: GanymedeError) => error.data.origin as NonFiniteOrigin;

describe("debug: 'nonfinite'", () => {
  it('names the operator, its layer, its inputs with their ranges, and the iteration', async () => {
    const error = await failureOf('log', true);
    expect([error.code, error.data.iteration, error.data.metric]).toEqual(['GANYMEDE_NON_FINITE', 3, 'loss']);
    expect(originOf(error)).toMatchObject({
      tensor: { operator: 'Log', path: 'generator/head', nan: 1, infinite: 0, count: 3, shape: [3] },
      inputs: [{ operator: 'Add', path: 'generator/head', min: -0.5, max: 1, nan: 0, infinite: 0 }],
    });
    expect(originOf(error).tensor.max).toBeCloseTo(0, 6); // log 1
    expect(error.message).toContain(
      'it began with Log in generator/head float32[3]: -0.6931 to 0, 1 NaN of 3',
    );
    expect(error.message).toContain('input 1: Add in generator/head float32[3]: -0.5 to 1, all finite');
    expect(originOf(error).source).toMatch(/debug\.test\.ts:\d+:\d+$/);
  });

  it('finds overflow and division by zero', async () => {
    expect(originOf(await failureOf('exp', true))).toMatchObject({
      tensor: { operator: 'Exp', infinite: 1, nan: 0 },
      inputs: [{ operator: 'Mul', max: 116 }], // e^88.7 is the largest float32
    });
    const division = await failureOf('division', true);
    expect(division.data).toMatchObject({ iteration: 2, step: 'only' });
    expect(originOf(division)).toMatchObject({
      tensor: { operator: 'Div', path: 'critic/norm', infinite: 1 },
      inputs: [
        { operator: 'Input', path: 'x', min: 1.5, max: 3 },
        { operator: 'Mul', min: 0, max: 2.25 },
      ],
    });
  });

  it('looks at the next state before any metric shows it', async () => {
    const error = await failureOf('state', true);
    expect(error.data).toMatchObject({ entry: 'x', iteration: 1 });
    expect(error.message).toContain('step "only": the next value of "x" became Infinity in iteration 1');
    expect(originOf(error)).toMatchObject({ tensor: { operator: 'Div', path: '' } });
    expect((await failureOf('state', false)).data).toMatchObject({ metric: 'loss', iteration: 2 });
  });

  it('finds the operator of a gradient, by the layer whose it is', async () => {
    const error = await failureOf('gradient', true);
    expect(error.data).toMatchObject({ entry: 'x', iteration: 1 });
    // The square root has no slope at 0.
    expect(originOf(error)).toMatchObject({ tensor: { path: 'gradient/critic', infinite: 1, count: 3 } });
    expect(originOf(error).inputs.every(({ nan, infinite }) => nan + infinite === 0)).toBe(true);
  });

  it('passes over infinities that do no harm', async () => {
    expect(originOf(await failureOf('mask', true))).toMatchObject({
      tensor: { operator: 'Log', path: 'generator/attention/temperature', nan: 3 },
    });
  });

  it('names an input that is not finite itself', async () => {
    const error = await failureOf('scalar', true);
    expect(originOf(error)).toMatchObject({
      tensor: { operator: 'Input', path: 'scalar/rate', nan: 1 },
      inputs: [],
    });
    expect(error.message).toContain(
      'it began with Input "scalar/rate" float32[]: nothing finite, 1 NaN of 1',
    );
  });

  it('is what the error without it recommends', async () => {
    const error = await failureOf('log', false);
    expect(error.data).not.toHaveProperty('origin');
    expect(error.message).toContain('--debug nonfinite');
  });

  it('changes no result', async () => {
    const states = await Promise.all(
      [true, false].map(async (debug) => {
        const run = await ganymede.train('@acme/toy/gan', {
          data: ganymede.create('@acme/toy/line'),
          steps: 4,
          batch: 5,
          ...(debug ? { debug: 'nonfinite' as const } : {}),
        });
        const state = await run.state.snapshot();
        await run.dispose();
        return state;
      }),
    );
    expect(states[0]).toEqual(states[1]);
  });
});
