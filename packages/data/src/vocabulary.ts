import { GanymedeError, type Value } from '@ganymede/tensor';

/** What fills sequences that are shorter than the dataset's length. */
export const padToken = '<pad>';
/** What stands for words that are not in the vocabulary. */
export const unknownToken = '<unknown>';

/**
 * The words of `sequences` by falling frequency (ties by code unit), with `<pad>` first if wanted. Beyond `size` entries the
 * rarest words are left out and `<unknown>` is added.
 */
export function buildVocabulary(
  sequences: readonly (readonly string[])[],
  { size, pad = false }: { readonly size?: number; readonly pad?: boolean } = {},
): readonly string[] {
  const counts = new Map<string, number>();
  for (const sequence of sequences) {
    for (const word of sequence) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([word]) => word)
    .filter((word) => word !== padToken && word !== unknownToken);
  const special = pad ? [padToken] : [];
  if (size === undefined || special.length + words.length <= size) return [...special, ...words];
  return [...special, unknownToken, ...words.slice(0, Math.max(0, size - special.length - 1))];
}

/** Numbers of words. Throws `GANYMEDE_DATA_TOKEN` for a word that is not in a vocabulary without `<unknown>`. */
export function wordEncoder(vocabulary: readonly string[]): (word: string, place: string) => number {
  const numbers = new Map(vocabulary.map((word, i) => [word, i]));
  const unknown = numbers.get(unknownToken);
  return (word, place) => {
    const number = numbers.get(word) ?? unknown;
    if (number !== undefined) return number;
    throw new GanymedeError('GANYMEDE_DATA_TOKEN', {
      message: `${place}: "${word}" is not in the vocabulary of ${vocabulary.length} words`,
      hint: `add it to the vocabulary, or add "${unknownToken}" to stand for all other words`,
      data: { word },
    });
  };
}

/**
 * Token numbers as text, one line per sequence of `tokens` `[count, length]`; `<pad>` is left out.
 * `separator` is `' '` for words and `''` for characters.
 */
export function decodeTokens(tokens: Value, vocabulary: readonly string[], separator = ' '): string[] {
  const length = tokens.shape.at(-1) ?? 0;
  const lines: string[] = [];
  for (let from = 0; from + length <= tokens.data.length && length > 0; from += length) {
    const words = Array.from({ length }, (_, i) => vocabulary[Number(tokens.data[from + i])] ?? unknownToken);
    lines.push(words.filter((word) => word !== padToken).join(separator));
  }
  return lines;
}
