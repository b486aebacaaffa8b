import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { recordClaims } from './record.js';
import { type AcceptanceRow, describeClaim, holds, keyOf } from './row.js';

/** One vitest test per claim. With GANYMEDE_RECORD=1 the measured numbers are recorded. */
export function testClaims(rows: readonly AcceptanceRow[]): void {
  const measured: Record<string, number> = {};
  describe('claims of the papers', () => {
    it.each(rows.map((row) => [keyOf(row), row] as const))('%s', (key, row) => {
      const x = row.measure();
      measured[key] = x;
      expect(holds(row.expected, x), `${x}, expected ${describeClaim(row.expected)}`).toBe(true);
    });
  });
  afterAll(() => {
    if (process.env.GANYMEDE_RECORD === '1') recordClaims(measured);
  });
}
