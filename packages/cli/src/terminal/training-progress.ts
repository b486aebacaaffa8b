import process from 'node:process';
import { SingleBar } from 'cli-progress';
import { formatDuration, formatMetrics, formatRate } from './format.js';
import { jsonText } from './json-text.js';
import type { Output } from './output.js';

/** Shows how far a training is. */
export interface TrainingProgress {
  step(iteration: number, metrics: Readonly<Record<string, number>>): void;
  stop(): void;
}

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/**
 * A bar with losses, speed and time left on a terminal; about twenty plain lines elsewhere; with `--json` a line per
 * reported iteration; nothing with `--quiet`. `total` undefined: the algorithm decides when it is over.
 */
export function trainingProgress(output: Output, first: number, total: number | undefined): TrainingProgress {
  // From the first report on: compiling is no part of the speed.
  let started: { readonly time: number; readonly iteration: number } | undefined;
  const rate = (iteration: number) => {
    started ??= { time: performance.now(), iteration };
    return (iteration - started.iteration) / Math.max((performance.now() - started.time) / 1000, 1e-9);
  };
  const describe = (iteration: number, metrics: Readonly<Record<string, number>>) => {
    const speed = rate(iteration);
    if (speed === 0) return formatMetrics(metrics);
    const left = total === undefined ? '' : ` · ${formatDuration((total - iteration) / speed)} left`;
    return `${formatRate(speed)} it/s${left} · ${formatMetrics(metrics)}`;
  };
  const of = total === undefined ? '' : `/${numbers.format(total)}`;

  if (output.json) {
    return {
      step: (iteration, metrics) =>
        process.stdout.write(`${jsonText({ event: 'step', iteration, ...metrics })}\n`),
      stop: () => {},
    };
  }
  if (output.quiet) return { step: () => {}, stop: () => {} };
  if (!process.stderr.isTTY) {
    const every = total === undefined ? 50 : Math.max(1, Math.ceil((total - first) / 20));
    return {
      step(iteration, metrics) {
        rate(iteration);
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
    // A narrow terminal cuts the line at its end: rather the bar than the losses.
    barsize: Math.min(30, Math.max(8, (process.stderr.columns ?? 80) - 70)),
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
