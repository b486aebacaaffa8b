import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/**
 * Prints at the end which tests were skipped and why, so that a green run never hides a missing part.
 *
 * The reason is what the test said: `ctx.skip('../shared is missing')`, or `meta: { skipReason: '…' }` of the test.
 */
export default class SkipReporter implements Reporter {
  /** With `-t` most tests are left out by the command itself, which is no news. */
  private filtered = false;

  onInit(vitest: Vitest): void {
    this.filtered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const byReason = new Map<string, TestCase[]>();
    for (const module of modules)
      for (const test of module.children.allTests('skipped')) {
        const reason = reasonOf(test);
        if (reason === undefined && this.filtered) continue;
        const key = reason ?? 'no reason given';
        byReason.set(key, [...(byReason.get(key) ?? []), test]);
      }
    if (byReason.size === 0) return;
    console.log(format(byReason));
  }
}

const reasonOf = (test: TestCase): string | undefined => {
  if (test.options.mode === 'todo') return 'still to be written';
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  const meta = test.meta() as { skipReason?: unknown };
  if (note !== undefined) return note;
  if (typeof meta.skipReason === 'string') return meta.skipReason;
  return setupFailed(test) ? 'the setup of their group failed (see above)' : undefined;
};

/** Whether a `beforeAll` around the test threw: vitest then skips the tests in it. */
const setupFailed = (test: TestCase): boolean => {
  for (let group = test.parent; ; group = group.parent) {
    if (group.errors().length > 0) return true;
    if (group.type === 'module') return false;
  }
};

const shown = 5;

const format = (byReason: ReadonlyMap<string, readonly TestCase[]>): string => {
  const groups = [...byReason].sort(([, a], [, b]) => b.length - a.length);
  const lines = groups.flatMap(([reason, tests]) => [
    `SKIPPED ${tests.length} ${tests.length === 1 ? 'test' : 'tests'}: ${reason}`,
    ...tests.slice(0, shown).map((test) => `    ${test.module.relativeModuleId} > ${test.fullName}`),
    ...(tests.length > shown ? [`    … and ${tests.length - shown} more`] : []),
  ]);
  return `\n${lines.join('\n')}\n`;
};
