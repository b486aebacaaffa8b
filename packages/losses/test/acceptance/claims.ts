import { describe, expect, it } from 'vitest';
import { type AcceptanceRow, describeClaim, holds } from './row.js';

/** One vitest test per claim; `record` gets what was measured. */
export function testClaims(
  rows: readonly AcceptanceRow[],
  record?: (row: AcceptanceRow, measured: number) => void,
) {
  describe('claims of the papers', () => {
    it.each(rows.map((row) => [`${row.about}: ${row.claim}`, row] as const))('%s', (_, row) => {
      const measured = row.measure();
      record?.(row, measured);
      expect(holds(row.expected, measured), `${measured}, expected ${describeClaim(row.expected)}`).toBe(
        true,
      );
    });
  });
}
