import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Claim, describeClaim, holds, shownNumber } from './claim.js';
import { once } from './once.js';
import { readRecordedClaims, recordClaims } from './record.js';
import { testClaims } from './test-claims.js';

describe('a claim', () => {
  it.each<readonly [Claim, readonly number[], readonly number[], string]>([
    [{ exact: 2, tolerance: 0.5 }, [1.5, 2.5], [1.49, Number.NaN], '2 ± 0.5'],
    [{ above: 1 }, [1.001], [1, Number.NaN], '> 1'],
    [{ below: 1e-6 }, [0, -1], [1e-6, Number.NaN], '< 1.0e-6'],
    [{ between: [0, 1] }, [0, 1], [-0.1, 1.1, Number.NaN], '0 to 1'],
  ])('%o holds or does not', (claim, yes, no, text) => {
    expect(yes.map((x) => holds(claim, x))).toEqual(yes.map(() => true));
    expect(no.map((x) => holds(claim, x))).toEqual(no.map(() => false));
    expect(describeClaim(claim)).toBe(text);
  });

  it('shows numbers to six digits', () => {
    expect([0, 1234567, 0.1234567, -3.35e-5].map(shownNumber)).toEqual([
      '0',
      '1234570',
      '0.123457',
      '-3.4e-5',
    ]);
  });
});

it('a training that several rows measure runs once, whether it has to be waited for or not', async () => {
  let calls = 0;
  const train = once(async () => ++calls);
  expect(await Promise.all([train(), train()])).toEqual([1, 1]);
});

it('measurements are recorded beside those there are', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'claims-'));
  const file = pathToFileURL(path.join(folder, 'fixtures/claims.json'));
  try {
    expect(readRecordedClaims(file)).toEqual({});
    recordClaims(file, { a: 1, b: 2 });
    recordClaims(file, { b: 3 });
    expect(readRecordedClaims(file)).toEqual({ a: 1, b: 3 });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

testClaims(
  [
    { about: 'Arithmetic', claim: '1 + 1', expected: { exact: 2, tolerance: 0 }, measure: async () => 1 + 1 },
    {
      about: 'Arithmetic',
      claim: 'left out, as its bar is known to be missed',
      expected: { above: 3 },
      notReached: 'It is 2.',
      measure: () => {
        throw new Error('measured');
      },
    },
  ],
  new URL('nowhere.json', import.meta.url),
);
