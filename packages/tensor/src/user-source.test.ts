import { describe, expect, it } from 'vitest';
import { captureSource, userSource } from './user-source.js';

/** Frames of a trace, innermost first, and what should be found. */
const traces: readonly (readonly [string, readonly string[], string | undefined])[] = [
  [
    'an installed package',
    [
      '    at conv (file:///app/node_modules/@ganymede/tensor/dist/index.js:10:5)',
      '    at Object.apply (/app/node_modules/.pnpm/@ganymede+nn@1/node_modules/@ganymede/nn/src/layers/a.ts:3:1)',
      '    at main (file:///app/src/gan.ts:7:3)',
    ],
    '/app/src/gan.ts:7:3',
  ],
  [
    'blanks, brackets and queries in paths',
    ['    at Array.map (<anonymous>)', '    at async file:///my%20app%20(copy)/gan.ts?t=1:2:9'],
    '/my app (copy)/gan.ts:2:9',
  ],
  ['CommonJS with brackets', ['    at /my app (copy)/gan.js:2:9'], '/my app (copy)/gan.js:2:9'],
  ['Windows', ['    at new Gan (file:///C:/me/gan.ts:4:2)'], 'C:/me/gan.ts:4:2'],
  ['Windows, CommonJS', ['    at Object.<anonymous> (C:\\me\\gan.js:4:2)'], 'C:/me/gan.js:4:2'],
  ['a malformed URL', ['    at file:///100%/gan.ts:4:2'], '/100%/gan.ts:4:2'],
  [
    'other engines',
    [
      'conv@https://cdn.test/node_modules/@ganymede/tensor/dist/index.js:1:2',
      'go@https://me.test/gan.js:3:4',
    ],
    'https://me.test/gan.js:3:4',
  ],
  [
    "a plugin, run by the command: the plugin's line",
    [
      '    at file:///app/node_modules/@ganymede/tensor/dist/index.js:1:1',
      '    at create (file:///app/node_modules/@acme/tiny/index.js:5:5)',
      '    at train (file:///app/node_modules/@ganymede/cli/dist/bin.js:1:1)',
    ],
    '/app/node_modules/@acme/tiny/index.js:5:5',
  ],
  [
    'an algorithm of ours, run by the command: nobody to blame',
    [
      '    at create (file:///app/node_modules/@ganymede/continuous/dist/index.js:5:5)',
      '    at train (file:///app/node_modules/@ganymede/cli/dist/bin.js:1:1)',
      '    at parse (file:///app/node_modules/commander/index.js:1:1)',
    ],
    undefined,
  ],
  ['Node itself', ['    at node:internal/main:1:2', '    at async Promise.all (index 0)'], undefined],
];

describe('userSource', () => {
  it.each(traces)('finds the line in a trace of %s', (_, frames, source) =>
    expect(userSource(['Error: shapes (at x) do not fit', ...frames].join('\n'))).toBe(source),
  );

  it('knows nothing of traces that are no text', () => {
    for (const stack of [undefined, [{}], '']) expect(userSource(stack)).toBeUndefined();
  });
});

describe('captureSource', () => {
  it('remembers the line that called, and leaves the depth of traces as it was', () => {
    const before = Error.stackTraceLimit;
    const here = captureSource(captureSource);
    const line = Number(/user-source\.test\.ts:(\d+):\d+$/.exec(here() ?? '')?.[1]);
    expect(line).toBe(Number(/user-source\.test\.ts:(\d+)/.exec(new Error().stack ?? '')?.[1]) - 2);
    expect(Error.stackTraceLimit).toBe(before);
  });

  it('sees through more calls than traces have by default', () => {
    const deep = (n: number): (() => string | undefined) =>
      n === 0 ? captureSource(deep) : ((x) => x)(deep(n - 1));
    expect(deep(40)()).toMatch(/user-source\.test\.ts:\d+:\d+$/);
  });
});
