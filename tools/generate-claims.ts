/**
 * Writes docs/claims.md from the packages' claims (`test/claims/index.ts`) and what was measured of them (`fixtures/claims.json`):
 *
 *     npm run docs:claims
 *
 * `GANYMEDE_RECORD=1` in front of a package's tests records the measurements.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeClaim, shownNumber } from '../packages/testing/src/claims/claim.js';
import { type ClaimRow, claimKey } from '../packages/testing/src/claims/claim-row.js';
import { readRecordedClaims } from '../packages/testing/src/claims/record.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where the table is. */
export const claimsPage: string = path.join(root, 'docs/claims.md');

/** What a package says that papers claim, and what was measured. */
export interface PackageClaims {
  /** The folder's name. */
  readonly name: string;
  /** In seconds, in every run of the tests. */
  readonly quickRows: readonly ClaimRow[];
  /** In minutes. */
  readonly slowRows: readonly ClaimRow[];
  readonly recorded: Readonly<Record<string, number>>;
}

/** Claims of all packages that have some, in alphabetical order. */
export async function packagesClaims(): Promise<PackageClaims[]> {
  const packages = path.join(root, 'packages');
  const folders = fs
    .readdirSync(packages)
    .map((name) => ({ name, file: path.join(packages, name, 'test/claims/index.ts') }))
    .filter(({ file }) => fs.existsSync(file));
  return Promise.all(
    folders.map(async ({ name, file }) => {
      const { quickRows, slowRows } = (await import(pathToFileURL(file).href)) as PackageClaims;
      const recorded = readRecordedClaims(pathToFileURL(path.join(packages, name, 'fixtures/claims.json')));
      return { name, quickRows, slowRows, recorded };
    }),
  );
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');

/** `quick` or `slow`, and why not if it is not reached. */
function suiteOf(row: ClaimRow, suite: 'quick' | 'slow'): string {
  return row.notReached === undefined ? suite : `**not reached.** ${cell(row.notReached)}`;
}

function section({ name, quickRows, slowRows, recorded }: PackageClaims): string {
  const rows = [
    ...quickRows.map((row) => ({ row, suite: suiteOf(row, 'quick') })),
    ...slowRows.map((row) => ({ row, suite: suiteOf(row, 'slow') })),
  ];
  // What is about the same stands together, and says so once.
  const subjects = [...new Set(rows.map(({ row }) => row.about))];
  const lines = subjects.flatMap((subject) =>
    rows
      .filter(({ row }) => row.about === subject)
      .map(({ row, suite }, i) => {
        const measured = recorded[claimKey(row)];
        const cells = [
          cell(i === 0 ? subject : ''),
          cell(row.claim),
          describeClaim(row.expected),
          measured === undefined ? '' : shownNumber(measured),
          suite,
        ];
        return `| ${cells.join(' | ')} |`;
      }),
  );
  return `## @ganymede/${name}

| About | Claim | Expected | Measured | Suite |
|---|---|---|---|---|
${lines.join('\n')}
`;
}

/** The page docs/claims.md. */
export const claimsMarkdown = (packages: readonly PackageClaims[]): string => `# Claims

Written by \`npm run docs:claims\` from the tests; a test fails when it is stale. What papers claim and mathematics says, each a number that
a test measures: **expected** is the published or exact figure with its tolerance, or the bar; **measured** is what was recorded last
(\`GANYMEDE_RECORD=1\`). **Suite** is where it is tested: quick in \`npm test\`, slow in \`npm run test:slow\`.

${packages.map(section).join('\n')}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  fs.writeFileSync(claimsPage, claimsMarkdown(await packagesClaims()));
  // Modules of some packages keep sessions open.
  process.exit();
}
