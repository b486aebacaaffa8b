import process from 'node:process';
import { formatDuration } from './format.js';
import type { Output } from './output.js';

/** Shows how far a measurement is, and how long it will take. */
export interface MetricProgress {
  update(what: string, done: number, total: number): void;
  /** Clears the line. */
  stop(): void;
}

/** Nothing is said of what is over before this many seconds. */
const patience = 2;

/**
 * One line that is written over on a terminal, a plain line every ten seconds elsewhere; nothing with `--json` or `--quiet`. The time left
 * is that of the stage, at the speed it had so far.
 */
export function metricProgress(output: Output): MetricProgress {
  if (output.json || output.quiet) return { update: () => {}, stop: () => {} };
  const terminal = process.stderr.isTTY === true;
  const clear = (): void => {
    if (terminal) process.stderr.write('\r\u001b[K');
  };
  let stage = '';
  let [started, said] = [0, 0];
  return {
    update(what, done, total) {
      const now = performance.now() / 1000;
      if (what !== stage) [stage, started, said] = [what, now, 0];
      const took = now - started;
      if (took < patience || now - said < (terminal ? 0.2 : 10)) return;
      said = now;
      const left = done === 0 ? '' : ` · ${formatDuration((took / done) * (total - done))} left`;
      const line = `  ${what} ${Math.floor((100 * done) / total)} %${left}`;
      if (terminal) clear();
      process.stderr.write(terminal ? line : `${line}\n`);
    },
    stop: clear,
  };
}
