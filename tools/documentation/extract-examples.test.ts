import { describe, expect, it } from 'vitest';
import { expectClaim, expectThrows } from './claims.js';
import { extractExamples } from './extract-examples.js';

describe('extractExamples', () => {
  it('finds fences in Markdown and in doc comments, with the line of the fence', () => {
    const text = ['text', '```ts', 'const x = 1;', '```', ' * ```ts', ' *   y();', ' *', ' * ```'].join('\n');
    const examples = extractExamples(text, 'a.md');
    expect(examples.map(({ line, code }) => [line, code.split('\n').slice(0, 2)])).toEqual([
      [2, ['const x = 1;', 'export {};']],
      [5, ['  y();', '']],
    ]);
  });

  it('leaves other languages and marks those that do not run', () => {
    const text = ['```python', 'x', '```', '```ts no-run', 'y', '```', '```ts suite', 'z', '```'].join('\n');
    expect(extractExamples(text, 'a.md')).toMatchObject([
      { line: 4, mode: 'no-run' },
      { line: 7, mode: 'suite' },
    ]);
  });

  it('turns trailing claims into assertions', () => {
    const text = ['```ts', 'f(x); // => [1, 2]', '// => no claim', 'g(); // throws GANYMEDE_SHAPE', '```'];
    const code = extractExamples(text.join('\n'), 'a.md')[0]?.code.split('\n').slice(0, 4);
    expect(code).toEqual([
      'expectClaim(f(x), [1, 2]);',
      '// => no claim',
      "await expectThrows(async () => g(), 'GANYMEDE_SHAPE');",
      expect.stringContaining('#claims'),
    ]);
  });
});

describe('claims', () => {
  it('read typed arrays as lists and numbers as a float32 holds them', () => {
    expectClaim(new Float32Array([0.1, 2]), [0.1, 2]);
    expectClaim({ a: Math.fround(1 / 3) }, { a: 0.333333 });
    expect(() => expectClaim([0.1], [0.1001])).toThrow();
  });

  it('are told by code what a call throws', async () => {
    const failing = () => Promise.reject(Object.assign(new Error('no'), { code: 'A' }));
    await expectThrows(failing, 'A');
    await expect(expectThrows(failing, 'B')).rejects.toThrow();
    await expect(expectThrows(() => 1, 'A')).rejects.toThrow();
  });
});
