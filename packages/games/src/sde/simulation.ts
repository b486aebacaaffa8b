import {
  type Backend,
  compileStep,
  createRng,
  referenceBackend,
  type Step,
  type StepContext,
} from '@ganymede/core';
import { GanymedeError, type Value, valueOf } from '@ganymede/tensor';
import type { PlayerParameters } from './per-sample-gradients.js';
import { type SampledGame, sizesOf } from './sampled-game.js';

/** What simulations of a game's training have in common. */
export interface SimulationOptions {
  /** θ and ω at the beginning, of every path. */
  readonly start: { readonly theta: readonly number[]; readonly omega: readonly number[] };
  /** η, the learning rate. Positive. */
  readonly rate: number;
  /** B, the size of a minibatch. @defaultValue 1 */
  readonly batch?: number;
  /** Independent paths, computed at once. @defaultValue 1 */
  readonly paths?: number;
  /** Training steps; each is η of the equation's time. */
  readonly steps: number;
  /** Steps between two records; the first and the last are always recorded. @defaultValue 1 */
  readonly every?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
  /** Where it is computed, in float32. Default: the reference interpreter. */
  readonly backend?: Backend;
}

/** The paths at one time. */
export interface PathsAt {
  /** Training steps so far. */
  readonly step: number;
  /** `[paths, generator]`. */
  readonly theta: Value;
  /** `[paths, discriminator]`. */
  readonly omega: Value;
}

/** One move of all paths: a tensor program. */
type Advance = (at: PlayerParameters, ctx: StepContext) => PlayerParameters;

/** Runs `substeps` moves per training step from the start and records the paths. Throws GANYMEDE_BAD_GAME on options that make no sense. */
export async function simulate(
  game: SampledGame,
  name: string,
  advance: Advance,
  options: SimulationOptions,
  substeps = 1,
): Promise<readonly PathsAt[]> {
  check(game, options);
  const { start, paths = 1, steps, every = 1, seed = 1 } = options;
  const step: Step = {
    name,
    batch: {},
    program(state, _batch, ctx) {
      const next = advance({ theta: state.get('theta/at'), omega: state.get('omega/at') }, ctx);
      return { state: { 'theta/at': next.theta, 'omega/at': next.omega } };
    },
  };
  const repeat = (at: readonly number[]): Value =>
    valueOf(Array.from({ length: paths }, () => at).flat(), [paths, at.length]);
  const state = new Map<string, Value>([
    ['theta/at', repeat(start.theta)],
    ['omega/at', repeat(start.omega)],
  ]);
  const backend = options.backend ?? (await referenceBackend({}));
  const compiled = await compileStep(step, Object.fromEntries(state), backend);
  const rng = createRng(seed).child(name);
  const at = (done: number): PathsAt => ({
    step: done,
    theta: state.get('theta/at') as Value,
    omega: state.get('omega/at') as Value,
  });
  const records = [at(0)];
  try {
    for (let done = 1; done <= steps; done++) {
      for (let part = 0; part < substeps; part++) {
        const { updates } = await compiled.run({ state, rng, call: (done - 1) * substeps + part });
        for (const [path, held] of updates) state.set(path, 'read' in held ? await held.read() : held);
      }
      if (done % every === 0 || done === steps) records.push(at(done));
    }
  } finally {
    await compiled.dispose();
  }
  return records;
}

/** Mean over the paths and its standard error, for each parameter: θ first, then ω. */
export function pathMeans({ theta, omega }: Pick<PathsAt, 'theta' | 'omega'>): readonly {
  readonly mean: number;
  readonly error: number;
}[] {
  return [theta, omega].flatMap(({ data, shape }) => {
    const [paths = 1, size = 1] = shape;
    return Array.from({ length: size }, (_, k) => {
      const at = (p: number): number => Number(data[p * size + k]);
      let mean = 0;
      for (let p = 0; p < paths; p++) mean += at(p) / paths;
      let square = 0;
      for (let p = 0; p < paths; p++) square += (at(p) - mean) ** 2;
      return { mean, error: Math.sqrt(square / Math.max(paths - 1, 1) / paths) };
    });
  });
}

function check(
  game: SampledGame,
  { start, rate, batch = 1, paths = 1, steps, every = 1 }: SimulationOptions,
) {
  sizesOf(game);
  const counts = { batch, paths, steps, every };
  const wrong = Object.entries(counts).find(([, n]) => !Number.isInteger(n) || n < 1);
  const sizes = start.theta.length === game.generator && start.omega.length === game.discriminator;
  if (wrong === undefined && sizes && rate > 0) return;
  throw new GanymedeError('GANYMEDE_BAD_GAME', {
    message:
      wrong !== undefined
        ? `a simulation: expected \`${wrong[0]}\` to be a whole number from 1, received ${wrong[1]}`
        : `a simulation: expected a positive rate and a start of ${game.generator} and ${game.discriminator} numbers, ` +
          `received rate ${rate} and ${start.theta.length} and ${start.omega.length}`,
    hint: 'one start value for each parameter of each player',
  });
}
