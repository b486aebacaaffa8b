import {
  type Backend,
  type CompiledStep,
  compileStep,
  createRng,
  type Held,
  type State,
  type Step,
  type StepReport,
  toHost,
} from '@ganymede/core';
import { GanymedeError, type Value, valueOf } from '@ganymede/tensor';
import type { MeanFieldGame } from './mean-field-game.js';
import { meanFieldGan, type MeanFieldGanOptions } from './mean-field-gan.js';
import { residualStep } from './residual-step.js';
import {
  type MeanFieldSolution,
  meanFieldSolution,
  type SolutionErrors,
  solutionErrors,
} from './solution.js';

/** Options of {@link solveMeanFieldGame}. */
export interface SolveMeanFieldOptions
  extends Omit<MeanFieldGanOptions, 'rate' | 'constantRate' | 'viscosity'> {
  readonly backend: Backend;
  /** @defaultValue 1 */
  readonly seed?: number;
  /** Rounds of updates of the discriminator, then of the generator. @defaultValue 12000 */
  readonly iterations?: number;
  /** Updates of each player in a round. @defaultValue 1 and 1 */
  readonly updates?: { readonly discriminator?: number; readonly generator?: number };
  /** Learning rate at first. @defaultValue 3e-3 */
  readonly rate?: number;
  /** Whether learning rates fall to 0 along half a cosine or stay. @defaultValue 'cosine' */
  readonly decay?: 'cosine' | 'none';
  /** Learning rate of H̄ at first. @defaultValue 0.05 */
  readonly constantRate?: number;
  /**
   * ν at first; it falls to the game's own, as a parabola, with the learning rate. A game without viscosity needs it: at u = 0 both losses
   * are stationary, whatever the density. @defaultValue the game's own, at least 0.3
   */
  readonly startViscosity?: number;
  /** Iterations between two reports. Default: 20 reports in all. */
  readonly every?: number;
  /** Called with each report. */
  readonly onProgress?: (report: MeanFieldReport) => void;
  /** Ends the training early, with what there is. */
  readonly signal?: AbortSignal;
}

/** How far a training is. */
export interface MeanFieldReport {
  readonly iteration: number;
  readonly iterations: number;
  /** Mean squares of the residuals at fixed points, with the game's own viscosity. */
  readonly hjb: number;
  readonly fokkerPlanck: number;
  /** H̄. */
  readonly constant: number;
  /** Against the explicit solution, if the game has one. */
  readonly errors?: SolutionErrors;
}

/** A trained solution, how it came about, and the state that it is made of. */
export interface SolvedMeanFieldGame extends MeanFieldSolution {
  /** The last report: what the solution is worth. */
  readonly report: MeanFieldReport;
  readonly history: readonly MeanFieldReport[];
  readonly state: State;
}

/**
 * Solves a mean-field game by training the GAN of {@link meanFieldGan}; equal seeds give equal solutions on a deterministic backend.
 * Throws GANYMEDE_BAD_GAME for a dimension, viscosity or options that make no sense, GANYMEDE_NON_FINITE when the training diverges.
 */
export async function solveMeanFieldGame(
  game: MeanFieldGame,
  options: SolveMeanFieldOptions,
): Promise<SolvedMeanFieldGame> {
  check(game, options);
  const { backend, seed = 1, iterations = 12_000, updates = {}, signal } = options;
  const { discriminator: first = 1, generator: second = 1 } = updates;
  const every = options.every ?? Math.ceil(iterations / 20);
  // With one schedule for both players, the updates of the one who moves more often are counted.
  const gans = [first, second].map((count) =>
    meanFieldGan(game, { ...options, ...scheduled(game, options, iterations * count) }),
  );
  const [forDiscriminator, forGenerator] = gans as [(typeof gans)[0], (typeof gans)[0]];
  const rng = createRng(seed);
  const initial = forGenerator.init(rng.child('init'));
  const state = new Map<string, Held>(Object.entries(initial));
  const compiled: CompiledStep[] = [];
  const compile = async (step: Step): Promise<CompiledStep> => {
    const made = await compileStep(step, initial, backend);
    compiled.push(made);
    return made;
  };
  try {
    const discriminate = await compile(forDiscriminator.steps.discriminator);
    const generate = await compile(forGenerator.steps.generator);
    const measure = await compile(residualStep(game, forGenerator));
    const run = async (
      step: CompiledStep,
      call: number,
      batch: Record<string, Value> = {},
    ): Promise<StepReport> => {
      const { updates: changed, report } = await step.run({ state, batch, rng: rng.child(step.name), call });
      for (const [path, held] of changed) state.set(path, held);
      return report;
    };
    const host = async (): Promise<State> =>
      Object.fromEntries(
        await Promise.all([...state].map(async ([path, held]) => [path, await toHost(held)] as const)),
      );
    const history: MeanFieldReport[] = [];
    let solution = meanFieldSolution(game, forGenerator, initial);
    const report = async (iteration: number): Promise<void> => {
      solution = meanFieldSolution(game, forGenerator, await host());
      const { metrics } = await run(measure, 0, { logIntegral: valueOf(solution.logIntegral) });
      const errors = solutionErrors(game, solution);
      const { hjb, fokkerPlanck } = metrics as { hjb: number; fokkerPlanck: number };
      const made: MeanFieldReport = {
        iteration,
        iterations,
        hjb,
        fokkerPlanck,
        constant: solution.constant,
        ...(errors === undefined ? {} : { errors }),
      };
      if (!Number.isFinite(hjb + fokkerPlanck)) throw diverged(iteration, options);
      history.push(made);
      options.onProgress?.(made);
    };
    let done = 0;
    while (done < iterations && signal?.aborted !== true) {
      for (let i = 0; i < first; i++) await run(discriminate, done * first + i);
      for (let i = 0; i < second; i++) await run(generate, done * second + i);
      done++;
      if (done % every === 0 && done < iterations) await report(done);
    }
    await report(done);
    return { ...solution, report: history.at(-1) as MeanFieldReport, history, state: await host() };
  } finally {
    await Promise.all(compiled.map((step) => step.dispose()));
  }
}

/** Rates and viscosity over `updates` updates of a player. */
function scheduled(
  { viscosity }: MeanFieldGame,
  options: SolveMeanFieldOptions,
  updates: number,
): Pick<MeanFieldGanOptions, 'rate' | 'constantRate' | 'viscosity'> {
  const { rate = 3e-3, constantRate = 0.05, startViscosity = Math.max(viscosity, 0.3) } = options;
  const falling = (from: number) =>
    options.decay === 'none'
      ? from
      : (update: number) => (from / 2) * (1 + Math.cos((Math.PI * update) / updates));
  return {
    rate: falling(rate),
    constantRate: falling(constantRate),
    ...(startViscosity === viscosity
      ? {}
      : {
          viscosity: (update: number) =>
            viscosity + (startViscosity - viscosity) * (1 - update / updates) ** 2,
        }),
  };
}

function check({ dimension, viscosity }: MeanFieldGame, options: SolveMeanFieldOptions): void {
  const { iterations = 1, batch = 1, rate = 1, every = 1, updates = {} } = options;
  const counts = { dimension, iterations, batch, every, ...updates };
  const wrong = Object.entries(counts).find(([, n]) => !Number.isInteger(n) || n < 1);
  if (wrong === undefined && viscosity >= 0 && rate > 0) return;
  throw new GanymedeError('GANYMEDE_BAD_GAME', {
    message:
      wrong === undefined
        ? `a mean-field game: expected a viscosity of at least 0 and a positive rate, received ${viscosity} and ${rate}`
        : `a mean-field game: expected \`${wrong[0]}\` to be a whole number from 1, received ${wrong[1]}`,
    hint: 'see MeanFieldGame and SolveMeanFieldOptions for the ranges',
  });
}

const diverged = (iteration: number, { rate = 3e-3 }: SolveMeanFieldOptions): GanymedeError =>
  new GanymedeError('GANYMEDE_NON_FINITE', {
    message: `a mean-field game: expected finite residuals, but after ${iteration} iterations one is not`,
    hint: `lower the learning rate (it is ${rate}), or draw larger minibatches`,
    data: { iteration },
  });
