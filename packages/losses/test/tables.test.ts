import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quickRows, slowRows } from './acceptance/index.js';
import { readRecordedClaims } from './acceptance/record.js';
import { holds, keyOf } from './acceptance/row.js';
import { withTables } from './tables.js';

describe('the page of this package', () => {
  const page = fs.readFileSync(new URL('../../../docs/packages/losses.md', import.meta.url), 'utf8');
  const record = readRecordedClaims();

  it('has the tables that the modules and the recorded measurements make', () => {
    expect(page.match(/<!-- generated: \w+ -->/g)).toHaveLength(4);
    expect(page, 'run write-tables.ts beside this file').toBe(withTables(page, record));
  });

  it('shows a measurement of every claim, and it holds', () => {
    const rows = [...quickRows, ...slowRows];
    expect(Object.keys(record).sort()).toEqual(rows.map(keyOf).sort());
    const wrong = rows.filter((row) => !holds(row.expected, record[keyOf(row)] ?? Number.NaN));
    expect(wrong.map(keyOf)).toEqual([]);
  });
});
