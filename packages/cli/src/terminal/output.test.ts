import { stripVTControlCharacters } from 'node:util';
import { GanymedeError } from '@ganymede/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOutput, describeError, formatError } from './output.js';

const out: string[] = [];
const err: string[] = [];
const capture = () => {
  out.length = 0;
  err.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
};
afterEach(() => void vi.restoreAllMocks());

const say = (mode: { json: boolean; quiet: boolean }) => {
  const output = createOutput(mode);
  capture();
  output.done('data', 'glyphs', { length: 3 });
  output.note('by the way');
  output.warn('look out');
  output.result('a/b', { folder: 'a/b' });
  output.error(new GanymedeError('GANYMEDE_USAGE', { message: 'no', hint: 'yes' }));
  vi.restoreAllMocks();
  return { out: out.join(''), err: stripVTControlCharacters(err.join('')) };
};

describe('createOutput', () => {
  it('puts results on standard output and the rest on standard error', () => {
    expect(say({ json: false, quiet: false })).toEqual({
      out: 'a/b\n',
      err: '✓ data     glyphs\nby the way\nwarning look out\nerror GANYMEDE_USAGE: no\n  yes\n',
    });
  });

  it('keeps to results, warnings and errors when quiet', () => {
    expect(say({ json: false, quiet: true })).toEqual({
      out: 'a/b\n',
      err: 'warning look out\nerror GANYMEDE_USAGE: no\n  yes\n',
    });
  });

  it('writes one JSON object per line, and nothing else', () => {
    const { out: lines, err: aside } = say({ json: true, quiet: false });
    expect(aside).toBe('');
    const events = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(events.map(({ event }) => event)).toEqual(['data', 'warning', 'result', 'error']);
    expect(events[3]).toMatchObject({ code: 'GANYMEDE_USAGE', hint: 'yes' });
  });

  it('writes numbers that JSON lacks so that Number reads them back', () => {
    capture();
    const values = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0.5, -0];
    createOutput({ json: true, quiet: false }).result('', { values });
    vi.restoreAllMocks();
    const { values: written } = JSON.parse(out.join('')) as { values: (number | string)[] };
    expect(written).toEqual(['Infinity', '-Infinity', 'NaN', 0.5, 0]);
    expect(written.map(Number)).toEqual([...values.slice(0, 4), 0]);
  });
});

describe('formatError', () => {
  it('shows a stack for faults of ours only', () => {
    const mine = stripVTControlCharacters(formatError(new TypeError('x is not a function')));
    expect(mine).toContain('GANYMEDE_INTERNAL: TypeError: x is not a function\n    at ');
    expect(mine).toContain('please report it');
    const theirs = stripVTControlCharacters(
      formatError(new GanymedeError('GANYMEDE_NO_RUN', { message: 'no run', cause: new Error('deep') })),
    );
    expect(theirs).toBe('error GANYMEDE_NO_RUN: no run');
    expect(describeError('text')).toEqual({ code: 'GANYMEDE_INTERNAL', message: 'text' });
  });
});
