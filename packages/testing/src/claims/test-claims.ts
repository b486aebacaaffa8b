import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { describeClaim, holds } from './claim.js';
import { type ClaimRow, claimKey } from './claim-row.js';
import { recordClaims } from './record.js';

/**
 * One vitest test per claim. With `GANYMEDE_RECORD=1` the measured numbers are recorded in `file` (`fixtures/claims.json` of a package),
 * from which the documentation's table is made; rows that are known to miss are measured only then.
 */
export function testClaims(rows: readonly ClaimRow[], file: URL): void {
  const recording = process.env.GANYMEDE_RECORD === '1';
  const measured: Record<string, number> = {};
  describe('claims of the papers', () => {
    for (const row of rows) {
      if (row.notReached !== undefined && !recording) continue;
      it(claimKey(row), async (test) => {
        const lacking = row.lacks?.();
        if (lacking !== undefined) test.skip(`needs ${lacking}`);
        const x = await row.measure();
        measured[claimKey(row)] = x;
        const came = `${x}, expected ${describeClaim(row.expected)}`;
        expect(holds(row.expected, x), came).toBe(row.notReached === undefined);
      });
    }
  });
  afterAll(() => {
    if (recording) recordClaims(file, measured);
  });
}
