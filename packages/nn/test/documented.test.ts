import { readFileSync } from 'node:fs';
import { jsonSchemaOf } from '@ganymede/core';
import { describe, expect, it } from 'vitest';
import * as all from '../src/index.js';
import { dynamicsNames } from '../src/index.js';

const page = (path: string): string =>
  readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');
const cells = (row: string): string[] =>
  row
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
    .slice(1, -1);
const codes = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code as string);

describe('the documentation', () => {
  const lines = page('packages/nn.md').split('\n');
  const start = lines.indexOf('| Optimizer | Source | Update | Options |');
  const rows = lines.slice(start + 2, lines.indexOf('', start)).map(cells);

  it('lists every optimizer module', () => {
    const camel = (id: string) =>
      id.slice(id.lastIndexOf('/') + 1).replace(/-./g, (x) => (x[1] as string).toUpperCase());
    expect(rows.map(([name]) => codes(name)[0]).sort()).toEqual(
      all.nn.modules.map(({ id }) => camel(id)).sort(),
    );
  });

  it.each(rows)('%s has a source, an update and its options', (name = '', source, update, options) => {
    expect(source).not.toBe('');
    expect(update).not.toBe('');
    // biome-ignore lint/performance/noDynamicNamespaceImportAccess: the table names what is looked up.
    const optimizer = all[codes(name)[0] as 'adam'];
    expect(codes(options)).toEqual(Object.keys(jsonSchemaOf(optimizer.options)?.properties ?? {}));
  });

  it('names every dynamics of config files, and every function that makes some', () => {
    const guide = page('guides/training-dynamics.md');
    for (const name of dynamicsNames) expect(guide, name).toContain(`\`${name}\``);
    const table = guide
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((row) => codes(cells(row)[0])[0]);
    expect(table.map((code) => code?.replace(/\(.*/, ''))).toEqual([
      ...['inTurn', 'simultaneous', 'extragradient', 'consensus', 'symplectic', 'unrolled', 'jointLookahead'],
    ]);
    for (const code of table) expect(all).toHaveProperty(code?.replace(/\(.*/, '') ?? '');
  });
});
