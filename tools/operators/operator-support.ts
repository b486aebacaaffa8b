import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What a backend computes, one file per backend in `backends/`: `tools/measure-operators.ts` writes them, by running every row
 * with its derivatives.
 */
export interface OperatorSupport {
  /** Heading of the column. */
  readonly title: string;
  /** What was run: versions, device. */
  readonly measured: string;
  /** By function: `all` if it computes every row, else what it does not compute. A function that is missing was not measured. */
  readonly functions: Readonly<Record<string, string>>;
}

/** Where the files are. */
export const supportFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'backends');

/** Every measured backend, by file name. */
export const operatorSupport = (): OperatorSupport[] =>
  fs
    .readdirSync(supportFolder)
    .sort()
    .map((file) => JSON.parse(fs.readFileSync(path.join(supportFolder, file), 'utf8')) as OperatorSupport);
