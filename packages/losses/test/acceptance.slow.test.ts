import fs from 'node:fs';
import process from 'node:process';
import { afterAll } from 'vitest';
import { testClaims } from './acceptance/claims.js';
import { slowRows } from './acceptance/index.js';

/** With GANYMEDE_RECORD=1 what is measured goes to the file that the documentation's table is made from. */
const measured: Record<string, number> = {};
testClaims(slowRows, (row, x) => {
  measured[`${row.about}: ${row.claim}`] = x;
});
afterAll(() => {
  if (process.env.GANYMEDE_RECORD !== '1') return;
  const file = new URL('../fixtures/acceptance.json', import.meta.url);
  fs.writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);
});
