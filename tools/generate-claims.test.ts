import fs from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { holds } from '../packages/testing/src/claims/claim.js';
import { type ClaimRow, claimKey } from '../packages/testing/src/claims/claim-row.js';
import { claimsMarkdown, claimsPage, type PackageClaims, packagesClaims } from './generate-claims.js';

let packages: readonly PackageClaims[];
beforeAll(async () => {
  packages = await packagesClaims();
  // Many modules are loaded.
}, 300_000);
const rowsOf = ({ quickRows, slowRows }: PackageClaims): readonly ClaimRow[] => [...quickRows, ...slowRows];

it('docs/claims.md is what the tests and the recorded measurements say (npm run docs:claims writes it)', () => {
  expect(fs.readFileSync(claimsPage, 'utf8')).toBe(claimsMarkdown(packages));
});

it('no two claims of a package say the same', () => {
  for (const claims of packages) {
    const keys = rowsOf(claims).map(claimKey);
    expect(keys).toEqual([...new Set(keys)]);
  }
});

it('every claim was measured, and nothing else is recorded', () => {
  for (const claims of packages)
    expect(Object.keys(claims.recorded).sort(), claims.name).toEqual(rowsOf(claims).map(claimKey).sort());
});

it('every measurement holds, but for those that are said to miss', () => {
  const wrong = packages.flatMap((claims) =>
    rowsOf(claims)
      .filter(
        (row) =>
          holds(row.expected, claims.recorded[claimKey(row)] ?? Number.NaN) !==
          (row.notReached === undefined),
      )
      .map((row) => `${claims.name}: ${claimKey(row)}`),
  );
  expect(wrong).toEqual([]);
});
