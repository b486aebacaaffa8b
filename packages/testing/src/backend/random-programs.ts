import { type Backend, toHost } from '@ganymede/core';
import { evaluate, GanymedeError, type Graph, numbersOf, type Value } from '@ganymede/tensor';
import { expect } from 'vitest';
import { checkPrograms } from '../program/check-programs.js';

/** Name of the case, in `skip` and `only`. */
export const randomProgramsName = 'random programs and their derivatives';

/** What the backend computes, or nothing where it says that it lacks an operator. */
async function resultsOf(
  backend: Backend,
  program: Graph,
  feeds: Readonly<Record<string, Value>>,
): Promise<Record<string, Value> | undefined> {
  const executable = await backend.compile(program).catch((error: unknown) => {
    if (GanymedeError.is(error, 'GANYMEDE_BACKEND_OPERATOR')) return undefined;
    throw error;
  });
  if (executable === undefined) return undefined;
  try {
    const values: Record<string, Value> = {};
    // A program need not depend on all its inputs.
    const wanted = executable.inputs.map((name) => [name, feeds[name] as Value]);
    for (const [name, held] of Object.entries(await executable.run(Object.fromEntries(wanted)))) {
      values[name] = await toHost(held);
      if ('location' in held) held.dispose();
    }
    return values;
  } finally {
    await executable.dispose();
  }
}

/**
 * Asserts that a backend computes `runs` random programs, their gradients and a gradient of a gradient as the reference does,
 * within 2e-4 of the largest number of each output times `looseness`. A program with an operator that the backend says it lacks
 * does not count, but at least half of them must.
 */
export async function checkRandomPrograms(backend: Backend, runs: number, looseness: number): Promise<void> {
  let lacking = 0;
  await checkPrograms(
    async ({ program, feeds }) => {
      const results = await resultsOf(backend, program, feeds);
      if (results === undefined) {
        lacking++;
        return;
      }
      for (const [name, wanted] of Object.entries(evaluate(program, feeds))) {
        const got = results[name];
        expect(got?.shape.join(), `shape of ${name}`).toBe(wanted.shape.join());
        expectClose(name, numbersOf(got as Value), numbersOf(wanted), 2e-4 * looseness);
      }
    },
    { runs },
  );
  expect(lacking, 'programs with operators that the backend lacks').toBeLessThanOrEqual(runs / 2);
}

function expectClose(
  name: string,
  got: readonly number[],
  wanted: readonly number[],
  tolerance: number,
): void {
  const allowed = tolerance * Math.max(1, ...wanted.map(Math.abs));
  const at = got.findIndex((x, i) => !(Math.abs(x - (wanted[i] as number)) <= allowed));
  if (at >= 0) expect.fail(`${name}[${at}]: expected ${wanted[at]} within ${allowed}, received ${got[at]}`);
}
