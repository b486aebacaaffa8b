export { expect, vi } from 'vitest';

/**
 * As much of vitest as this package's tests use, in one process: collecting and running them takes a second, so that hundreds of
 * mutants can be run. Its `expect` is vitest's own.
 */

type Body = (...args: never[]) => unknown;
interface Collected {
  readonly name: string;
  readonly run: () => unknown;
}
let collected: Collected[] = [];

/** What was declared since the last call. */
export function takeTests(): readonly Collected[] {
  const tests = collected;
  collected = [];
  return tests;
}

export const describe = (_name: string, body: () => void): void => body();
const skipper = { skip: (): void => {} };
export const it = Object.assign(
  (name: string, body: Body): void => {
    collected.push({ name, run: () => (body as (context: object) => unknown)(skipper) });
  },
  {
    each: (cases: readonly unknown[]) => (name: string, body: Body) => {
      for (const one of cases) {
        const args = (Array.isArray(one) ? one : [one]) as never[];
        collected.push({ name: `${name} ${String(args[0])}`, run: () => body(...args) });
      }
    },
  },
);

/** Hooks around tests: the suites that use them are not run here. */
export const [beforeAll, beforeEach, afterAll, afterEach] = Array.from({ length: 4 }, () => (): void => {});
