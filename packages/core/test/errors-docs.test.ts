import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Codes in quotes and in doc comments, with where they are; the name of an environment variable stands in neither. */
function usedCodes(): Map<string, string> {
  const used = new Map<string, string>();
  for (const name of readdirSync(join(root, 'packages'))) {
    const source = join(root, 'packages', name, 'src');
    for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || /\.test(-d)?\.ts$/.test(file)) continue;
      for (const [, code = ''] of readFileSync(join(source, file), 'utf8').matchAll(
        /['`](GANYMEDE_[A-Z0-9_]*[A-Z0-9])['`]/g,
      )) {
        used.set(code, `packages/${name}/src/${file}`);
      }
    }
  }
  return used;
}

const documented = [
  ...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^\| `(GANYMEDE_[A-Z0-9_]+)`/gm),
].map(([, code]) => code as string);

it('every error code that is used is in docs/errors.md', () => {
  const missing = [...usedCodes()].filter(([code]) => !documented.includes(code));
  expect(missing.map(([code, file]) => `${code} (${file})`)).toEqual([]);
});

it('every error code in docs/errors.md is used, and listed once', () => {
  const used = usedCodes();
  expect(documented.filter((code) => !used.has(code))).toEqual([]);
  expect(documented.filter((code, i) => documented.indexOf(code) !== i)).toEqual([]);
});
