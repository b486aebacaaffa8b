import { describe, expect, it } from 'vitest';
import { acceptanceRows } from './acceptance/index.js';
import { describeClaim, holds } from './acceptance/row.js';

describe('claims of the papers', () => {
  it.each(acceptanceRows.map((row) => [`${row.about}: ${row.claim}`, row] as const))('%s', (_, row) => {
    const measured = row.measure();
    expect(holds(row.expected, measured), `${measured}, expected ${describeClaim(row.expected)}`).toBe(true);
  });
});
