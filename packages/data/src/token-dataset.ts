import type { Dataset } from '@ganymede/core';
import { GanymedeError, value } from '@ganymede/tensor';
import { arrays } from './arrays.js';
import { formatCount } from './format-count.js';
import { buildVocabulary, decodeTokens, padToken, wordEncoder } from './vocabulary.js';

/** Token sequences as a dataset. */
export interface TokenDataset extends Dataset {
  /** The word of each number; undefined where the data came as numbers. */
  readonly vocabulary?: readonly string[];
  /** Sequences of numbers `[count, length]` as text: words where there is a vocabulary. */
  decode(tokens: Parameters<typeof decodeTokens>[0]): string[];
}

/** Options of `tokens`. */
export interface TokensOptions {
  /** Tokens in each example; longer sequences are cut. @defaultValue that of the longest sequence */
  readonly length?: number | undefined;
  /** Vocabulary size, or the words themselves in order. @defaultValue what the data needs */
  readonly vocabulary?: number | readonly string[] | undefined;
  /** Number that fills shorter sequences; words are filled with `<pad>` without asking. */
  readonly pad?: number | undefined;
  /** One line for people. */
  readonly summary?: string;
  /** What joins words when decoding. @defaultValue ' ' */
  readonly separator?: string;
}

/** Numbers or words. */
export type Sequence = readonly (number | string)[];

const isText = (sequences: readonly Sequence[]): sequences is readonly (readonly string[])[] =>
  sequences.some((sequence) => typeof sequence[0] === 'string');

/** Numbers and, for words, the vocabulary that gave them. */
function encode(sequences: readonly Sequence[], length: number, { vocabulary }: TokensOptions) {
  if (!isText(sequences)) return { numbers: sequences as readonly (readonly number[])[], words: undefined };
  const short = sequences.some((sequence) => sequence.length < length);
  const words =
    typeof vocabulary === 'object'
      ? vocabulary
      : buildVocabulary(sequences, { pad: short, ...(vocabulary !== undefined && { size: vocabulary }) });
  const numberOf = wordEncoder(words);
  return {
    numbers: sequences.map((sequence, i) => sequence.map((word) => numberOf(word, `sequence ${i}`))),
    words,
  };
}

/** All sequences in one array, cut or filled to `length`. */
function fill(
  numbers: readonly (readonly number[])[],
  length: number,
  classes: number,
  pad: number | undefined,
) {
  const data = new Int32Array(numbers.length * length);
  numbers.forEach((sequence, row) => {
    for (let i = 0; i < length; i++) {
      const token = sequence[i] ?? pad;
      if (token === undefined) {
        throw new GanymedeError('GANYMEDE_DATA_SHAPE', {
          message: `sequence ${row} has ${sequence.length} tokens, expected ${length}`,
          hint: 'give `pad`, the number that fills shorter sequences, or a smaller `length`',
          data: { index: row, expected: length, received: sequence.length },
        });
      }
      if (!Number.isInteger(token) || token < 0 || token >= classes) {
        throw new GanymedeError('GANYMEDE_DATA_TOKEN', {
          message: `sequence ${row}: expected tokens that are whole numbers from 0 to ${classes - 1}, got ${token}`,
          hint: 'give the right vocabulary size, or repair that sequence',
          data: { index: row, token, vocabulary: classes },
        });
      }
      data[row * length + i] = token;
    }
  });
  return data;
}

/**
 * A dataset of sequences in memory, of numbers or of words: what `tokens` makes of arrays.
 */
export function tokenDataset(sequences: readonly Sequence[], options: TokensOptions): TokenDataset {
  const longest = sequences.reduce((most, sequence) => Math.max(most, sequence.length), 0);
  const length = options.length ?? longest;
  if (longest === 0) {
    throw new GanymedeError('GANYMEDE_DATA_EMPTY', {
      message: 'expected token sequences, got none with a token in it',
      hint: 'give at least one sequence; in a file, one per line',
    });
  }
  const { numbers, words } = encode(sequences, length, options);
  const size = typeof options.vocabulary === 'number' && words === undefined ? options.vocabulary : undefined;
  const classes =
    words?.length ??
    size ??
    numbers.flat().reduce((most, token) => Math.max(most, token + 1), 1 + (options.pad ?? 0));
  const padWord = words?.indexOf(padToken) ?? -1;
  const pad = padWord >= 0 ? padWord : options.pad;
  const data = fill(numbers, length, classes, pad);
  const dataset = arrays(
    { tokens: value('int32', [sequences.length, length], data) },
    {
      classes: { tokens: classes },
      summary:
        options.summary ??
        `tokens, ${formatCount(sequences.length)} sequences of ${length}, vocabulary ${formatCount(classes)}`,
    },
  );
  const names = words ?? Array.from({ length: classes }, (_, i) => String(i));
  return {
    ...dataset,
    ...(words !== undefined && { vocabulary: words }),
    decode: (tokens) => decodeTokens(tokens, names, options.separator),
  };
}
