import { testDataset } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { glyphs } from './glyphs.js';
import { subset } from './subset.js';

testDataset({ name: 'subset', create: () => subset(glyphs({ count: 100 }), [7, 3, 99, 3]) });

describe('subset', () => {
  it('reads through to its dataset', async () => {
    const whole = glyphs({ count: 100 });
    const part = subset(whole, [7, 3, 99]);
    expect(part.summary).toBe('3 of glyphs 28x28x1, 100 generated, 10 classes');
    expect(await part.read([2, 0])).toEqual(await whole.read([99, 7]));
    expect(await part.hash()).not.toBe(await subset(whole, [3, 7, 99]).hash());
  });

  it('refuses indices outside, and none', () => {
    expect(() => subset(glyphs({ count: 9 }), [9])).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_DATA_INDEX' }),
    );
    expect(() => subset(glyphs({ count: 9 }), [])).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_DATA_EMPTY' }),
    );
  });
});
