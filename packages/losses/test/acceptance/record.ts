import fs from 'node:fs';

const file = new URL('../../fixtures/acceptance.json', import.meta.url);

/** What was measured last, by claim: the documentation's table is made from it. */
export const readRecordedClaims = (): Readonly<Record<string, number>> =>
  fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, number>) : {};

/** Writes further measurements beside those there are. */
export const recordClaims = (measured: Readonly<Record<string, number>>): void =>
  fs.writeFileSync(file, `${JSON.stringify({ ...readRecordedClaims(), ...measured }, null, 2)}\n`);
