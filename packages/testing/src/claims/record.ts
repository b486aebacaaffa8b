import fs from 'node:fs';
import process from 'node:process';

/** What was measured last, by {@link claimKey}; empty where nothing was recorded. */
export const readRecordedClaims = (file: URL): Readonly<Record<string, number>> =>
  fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, number>) : {};

/** Writes further measurements beside those there are, whole or not at all: somebody may be reading. */
export function recordClaims(file: URL, measured: Readonly<Record<string, number>>): void {
  fs.mkdirSync(new URL('.', file), { recursive: true });
  const partial = new URL(`${file.href}.${process.pid}`);
  fs.writeFileSync(partial, `${JSON.stringify({ ...readRecordedClaims(file), ...measured }, null, 2)}\n`);
  fs.renameSync(partial, file);
}
