import fs from 'node:fs';
import { expect, it } from 'vitest';
import { withTables } from './tables.js';

it('the page of this package has the tables that its modules make', () => {
  const page = fs.readFileSync(new URL('../../../docs/packages/losses.md', import.meta.url), 'utf8');
  expect(page.match(/<!-- generated: \w+ -->/g)).toHaveLength(3);
  expect(page, 'run write-tables.ts beside this file').toBe(withTables(page));
});
