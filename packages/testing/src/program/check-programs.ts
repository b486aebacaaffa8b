import fc from 'fast-check';
import { buildProgram, type ProgramRecipe, programRecipes, type RandomProgram } from './random-program.js';

/** Options of {@link checkPrograms}. */
export interface CheckProgramsOptions {
  /** How many programs. @defaultValue 100 */
  readonly runs?: number;
  /** Most steps of one program. @defaultValue 10 */
  readonly length?: number;
  /** Which programs: the same seed gives the same. @defaultValue 1 */
  readonly seed?: number;
}

/**
 * Asserts that `check` holds for random programs. When it fails, the program is made smaller as long as it still fails; the
 * message has the steps of the smallest and fast-check's seed.
 */
export const checkPrograms = (
  check: (program: RandomProgram, recipe: ProgramRecipe) => void | Promise<void>,
  { runs = 100, length = 10, seed = 1 }: CheckProgramsOptions = {},
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(programRecipes(length), async (recipe) => {
      const program = buildProgram(recipe);
      try {
        await check(program, recipe);
      } catch (cause) {
        const said = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`after the steps ${program.steps.join(', ')}: ${said}`, { cause });
      }
    }),
    { numRuns: runs, seed, endOnFailure: false },
  );
