import process from 'node:process';
import { SingleBar } from 'cli-progress';
import type { Output } from './output.js';

/** Shows how far a training is. */
export interface TrainingProgress {
  step(iteration: number, metrics: Readonly<Record<string, number>>): void;
  stop(): void;
}

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** `1m06s`, `48s`, `2h05m`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const s = Math.round(seconds);
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m${String(s % 60).padStart(2, '0')}s`;
  return `${Math.floor(s / 3600)}h${String(Math.floor((s % 3600) / 60)).padStart(2, '0')}m`;
}

/** Losses first, in few letters: `D 0.61  G 1.93`. */
export function formatMetrics(metrics: Readonly<Record<string, number>>): string {
  const short: Readonly<Record<string, string>> = { discriminatorLoss: 'D', generatorLoss: 'G' };
  return Object.entries(metrics)
    .map(
      ([name, x]) => `${short[name] ?? name} ${Math.abs(x) >= 1e4 ? x.toExponential(2) : x.toPrecision(3)}`,
    )
    .join('  ');
}

/**
 * A bar with losses, speed and time left on a terminal; about twenty plain lines elsewhere; with `--json` a line per
 * reported iteration; nothing with `--quiet`. `total` undefined: the algorithm decides when it is over.
 */
export function trainingProgress(output: Output, first: number, total: number | undefined): TrainingProgress {
  const started = performance.now();
  const rate = (iteration: number) =>
    (iteration - first) / Math.max((performance.now() - started) / 1000, 1e-9);
  const describe = (iteration: number, metrics: Readonly<Record<string, number>>) => {
    const speed = rate(iteration);
    const left = total === undefined ? '' : ` · ${formatDuration((total - iteration) / speed)} left`;
    return `${speed.toPrecision(3)} it/s${left} · ${formatMetrics(metrics)}`;
  };
  const of = total === undefined ? '' : `/${numbers.format(total)}`;

  if (output.json) {
    return {
      step: (iteration, metrics) =>
        process.stdout.write(`${JSON.stringify({ event: 'step', iteration, ...metrics })}\n`),
      stop: () => {},
    };
  }
  if (output.quiet) return { step: () => {}, stop: () => {} };
  if (!process.stderr.isTTY) {
    const every = total === undefined ? 50 : Math.max(1, Math.ceil((total - first) / 20));
    return {
      step(iteration, metrics) {
        if (iteration % every === 0 || iteration === total) {
          process.stderr.write(`  ${numbers.format(iteration)}${of} · ${describe(iteration, metrics)}\n`);
        }
      },
      stop: () => {},
    };
  }
  const bar = new SingleBar({
    format: `  training {bar} {done}${of} · {facts}`,
    barCompleteChar: '━',
    barIncompleteChar: '╌',
    barsize: 30,
    hideCursor: true,
    stream: process.stderr,
    fps: 8,
  });
  bar.start(total ?? 1, first, { facts: '', done: numbers.format(first) });
  return {
    step: (iteration, metrics) =>
      bar.update(total === undefined ? 0 : iteration, {
        facts: describe(iteration, metrics),
        done: numbers.format(iteration),
      }),
    stop: () => bar.stop(),
  };
}
