import { defineDataset, nodeModule } from '@ganymede/core';
import { z } from 'zod';
import { readBytes } from './read-bytes.js';
import { type Sequence, type TokenDataset, tokenDataset, type TokensOptions } from './token-dataset.js';

const { resolve } = nodeModule('node:path');

/** The sequences of a text, one per line, empty lines left out; numbers if every token is one. */
function parseLines(text: string, unit: 'word' | 'character'): readonly Sequence[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const split = lines
    .filter((line) => line !== '')
    .map((line) => (unit === 'character' ? [...line] : line.split(/\s+/)));
  const numeric = unit === 'word' && split.every((line) => line.every((token) => /^\d+$/.test(token)));
  return numeric ? split.map((line) => line.map(Number)) : split;
}

const fileOptions = z.object({
  file: z
    .string()
    .min(1)
    .describe(
      'text file, plain or gzip, one sequence per line: numbers, or words if any token is not a number',
    ),
  length: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('tokens in each example, otherwise as in the longest; longer ones are cut'),
  vocabulary: z
    .union([z.number().int().positive(), z.array(z.string()).min(1)])
    .optional()
    .describe('vocabulary size, or the words themselves in order'),
  pad: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe('number that fills shorter sequences of numbers; words are filled with `<pad>`'),
  unit: z
    .enum(['word', 'character'])
    .default('word')
    .describe('what a token is: blank-separated words (or numbers), or every character'),
});

/**
 * Token sequences of a text file as `tokens` int32 `[length]`. Throws as {@link tokens} does, and `GANYMEDE_DATA_MISSING` or
 * `GANYMEDE_DATA_UNREADABLE`.
 */
export const tokenFile = defineDataset({
  id: '@ganymede/data/tokens',
  summary: 'token sequences of a text file, one per line',
  options: fileOptions,
  create: async ({ file, unit, ...options }): Promise<TokenDataset> => {
    const path = resolve(file);
    const sequences = parseLines((await readBytes(path, 'token file')).toString('utf8'), unit);
    const dataset = tokenDataset(sequences, { ...options, separator: unit === 'character' ? '' : ' ' });
    return {
      ...dataset,
      summary: `${dataset.summary}, from ${file}`,
      source: { id: '@ganymede/data/tokens', options: { ...options, file: path, unit } },
    };
  },
});

/**
 * Token sequences as `tokens` int32 `[length]`, from a text file (one sequence per line of blank-separated numbers or words)
 * or from arrays of numbers or words. Words get a vocabulary, built by frequency, which `decode` turns samples back with.
 *
 * From a file the dataset is a promise and has a `source`; from arrays it is made at once and has none.
 *
 * @throws `GANYMEDE_DATA_EMPTY` no tokens; `GANYMEDE_DATA_SHAPE` a sequence of numbers too short and no `pad`;
 * `GANYMEDE_DATA_TOKEN` a token outside the vocabulary
 */
export function tokens(
  file: string,
  options?: Omit<z.input<typeof fileOptions>, 'file'>,
): Promise<TokenDataset>;
export function tokens(sequences: readonly Sequence[], options?: TokensOptions): TokenDataset;
export function tokens(
  from: string | readonly Sequence[],
  options: TokensOptions | Omit<z.input<typeof fileOptions>, 'file'> = {},
): TokenDataset | Promise<TokenDataset> {
  return typeof from === 'string'
    ? tokenFile({ ...(options as Omit<z.input<typeof fileOptions>, 'file'>), file: from })
    : tokenDataset(from, options as TokensOptions);
}
