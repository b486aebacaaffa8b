import { describe, expect, it } from 'vitest';
import { parseDataSpec } from './parse-data-spec.js';

describe('parseDataSpec', () => {
  it.each([
    ['glyphs', '@ganymede/data/glyphs', {}],
    ['idx:a/b', '@ganymede/data/idx', { images: 'a/b' }],
    ['idx:a.gz,b.gz', '@ganymede/data/idx', { images: 'a.gz', labels: 'b.gz' }],
    ['folder:./faces', '@ganymede/data/folder', { directory: './faces' }],
    ['folder:C:\\faces', '@ganymede/data/folder', { directory: 'C:\\faces' }],
    ['world:two-moons', '@ganymede/data/world', { name: 'two-moons' }],
    ['tokens:text.txt', '@ganymede/data/tokens', { file: 'text.txt' }],
  ])('%s', (text, id, options) => {
    expect(parseDataSpec(text)).toEqual({ id, options });
  });

  it('knows datasets of other plugins by id and for short', () => {
    const ids = ['@ganymede/data/glyphs', '@acme/pack/faces'];
    for (const text of ids.slice(1).concat('faces')) {
      expect(parseDataSpec(text, ids)).toEqual({ id: '@acme/pack/faces', options: {} });
    }
    expect(() => parseDataSpec('facs', ids)).toThrow(
      /did you mean "faces"\? known: glyphs, .*, @acme\/pack\/faces/,
    );
    expect(() => parseDataSpec('faces:x', ids)).toThrow(/takes nothing after it/);
  });

  it.each([
    ['glyfs', 'there is no dataset "glyfs"', 'did you mean "glyphs"? known: glyphs, idx:<images or folder>'],
    ['./faces', 'there is no dataset "./faces"', 'known: glyphs'],
    ['toString', 'there is no dataset "toString"', 'known: glyphs'],
    ['', 'there is no dataset ""', 'known: glyphs'],
    ['glyphs:64', '"glyphs" takes nothing after it', 'known'],
    ['world:rings', 'there is no world "rings"', 'did you mean "ring"?'],
    ['world', '"world:" needs something after the colon', 'world:ring|grid|swiss-roll|two-moons'],
    ['folder:', '"folder:" needs something after the colon', 'folder:<dir>'],
    ['idx:a,b,c', 'names more than two files', 'idx:'],
  ])('refuses "%s"', (text, message, hint) => {
    expect(() => parseDataSpec(text)).toThrow(
      expect.objectContaining({
        code: 'GANYMEDE_DATA_SPEC',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    );
  });
});
