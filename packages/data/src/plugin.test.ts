import { describe, expect, it } from 'vitest';
import { parseDataSpec } from './parse-data-spec.js';
import { data } from './plugin.js';

describe('the data plugin', () => {
  it('holds a module for every dataset that the command line can name', () => {
    const ids = data.modules.map((module) => module.id as string);
    expect(ids).toEqual([
      '@ganymede/data/glyphs',
      '@ganymede/data/idx',
      '@ganymede/data/folder',
      '@ganymede/data/tokens',
      '@ganymede/data/world',
    ]);
    for (const text of ['glyphs', 'idx:x', 'folder:x', 'tokens:x', 'world:ring'])
      expect(ids).toContain(parseDataSpec(text).id);
  });
});
