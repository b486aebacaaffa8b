import { valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { buildVocabulary, decodeTokens, wordEncoder } from './vocabulary.js';

const text = [['b', 'a', 'b'], ['c', 'b', 'a'], ['d']];

describe('buildVocabulary', () => {
  it('orders by frequency, then by code unit', () => {
    expect(buildVocabulary(text)).toEqual(['b', 'a', 'c', 'd']);
    expect(buildVocabulary(text, { pad: true })).toEqual(['<pad>', 'b', 'a', 'c', 'd']);
  });

  it('leaves the rarest out beyond a size', () => {
    expect(buildVocabulary(text, { size: 3, pad: true })).toEqual(['<pad>', '<unknown>', 'b']);
    expect(buildVocabulary(text, { size: 4 })).toEqual(['b', 'a', 'c', 'd']);
  });
});

describe('wordEncoder', () => {
  it('numbers words, unknown ones only where the vocabulary says so', () => {
    expect(wordEncoder(['<unknown>', 'x'])('y', 'here')).toBe(0);
    expect(() => wordEncoder(['x'])('y', 'sequence 4')).toThrow(
      /sequence 4: "y" is not in the vocabulary of 1 words/,
    );
  });
});

describe('decodeTokens', () => {
  it('joins words line by line, without padding', () => {
    const tokens = valueOf([1, 2, 2, 1, 0, 0], [2, 3], 'int32');
    expect(decodeTokens(tokens, ['<pad>', 'so', 'be'])).toEqual(['so be be', 'so']);
    expect(decodeTokens(valueOf([0, 9], [1, 2], 'int32'), ['C', 'N'], '')).toEqual(['C<unknown>']);
  });
});
