import type { RunProfile, StepProfile } from '@ganymede/core';

const mega = (bytes: number): string => (bytes / 1e6).toFixed(1);
const share = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(0)} %`;

/** Columns, the first to the left and the others to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map((row) => `  ${line(row)}`);
}

/** The first `top` rows, and what the others amount to. */
function cut<T>(rows: readonly T[], top: number, rest: (others: readonly T[]) => T): readonly T[] {
  return rows.length <= top + 1 ? rows : [...rows.slice(0, top), rest(rows.slice(top))];
}

const sum = <T>(list: readonly T[], of: (x: T) => number): number => list.reduce((s, x) => s + of(x), 0);

/** The tables of a step: its layers, then its operators, slowest first. */
function describeStep(step: StepProfile, top: number): string[] {
  const { kernelMilliseconds: all, milliseconds, nodes, calls, compileSeconds, madeUp } = step;
  const layers = cut(step.layers, top, (others) => ({
    layer: `… ${others.length} more`,
    forward: sum(others, ({ forward }) => forward),
    backward: sum(others, ({ backward }) => backward),
    bytes: sum(others, ({ bytes }) => bytes),
  }));
  const operators = cut(step.operators, top, (others) => ({
    operator: `… ${others.length} more`,
    milliseconds: sum(others, (x) => x.milliseconds),
    count: sum(others, ({ count }) => count),
    bytes: sum(others, ({ bytes }) => bytes),
  }));
  const made = madeUp.length === 0 ? [] : [`  made up, as the data has no such field: ${madeUp.join(', ')}`];
  return [
    `step ${step.step}: ${milliseconds.toFixed(2)} ms a call (median of ${calls}), ` +
      `${all.toFixed(2)} ms in kernels while they are timed; ${nodes} nodes, compiled in ${compileSeconds.toFixed(2)} s`,
    ...made,
    '',
    ...table(
      ['layer', 'forward ms', 'backward ms', 'time', 'MB made'],
      layers.map(({ layer, forward, backward, bytes }) => [
        layer === '' ? '(no layer)' : layer,
        forward.toFixed(3),
        backward.toFixed(3),
        share(forward + backward, all),
        mega(bytes),
      ]),
    ),
    '',
    ...table(
      ['operator', 'ms', 'time', 'kernels', 'MB made'],
      operators.map(({ operator, milliseconds: ms, count, bytes }) => [
        operator,
        ms.toFixed(3),
        share(ms, all),
        String(Math.round(count)),
        mega(bytes),
      ]),
    ),
    '',
  ];
}

/** A profile for people. `top` is the number of rows of each table. */
export function profileTable(profile: RunProfile, peakBytes: number, top: number): string {
  const { algorithm, backend, batchSize, steps } = profile;
  return [
    `${algorithm}, batch ${batchSize}, ${backend}`,
    '',
    ...steps.flatMap((step) => describeStep(step, top)),
    `peak memory of the process: ${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
  ].join('\n');
}
