import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { nodeModule } from './node-module.js';

it("finds Node's own modules", () => {
  expect(nodeModule('node:fs/promises').readFile).toBe(readFile);
  expect(nodeModule('node:path').join('a', 'b')).toMatch(/^a.b$/);
});

it('loads where there is no Node, and says what was needed when it is called', () => {
  const { createHash } = nodeModule('node:crypto', () => undefined);
  expect(() => createHash('sha256')).toThrow(
    expect.objectContaining({
      code: 'GANYMEDE_NO_NODE',
      message: expect.stringContaining('"createHash" of "node:crypto" was needed, and this is not Node'),
      data: { module: 'node:crypto' },
    }),
  );
});
