import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Example, extractExamples } from './extract-examples.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));

const below = (folder: string, pattern: RegExp, recursive = true): string[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive, encoding: 'utf8' })
    .filter((file) => pattern.test(file) && !file.includes('node_modules'))
    .map((file) => path.join(folder, file));

/** The README and the pages of `docs/`. */
export const markdownFiles = (): string[] => [...below('.', /\.md$/, false), ...below('docs', /\.md$/)];

/** Every example of the README, of `docs/` and of the packages' doc comments. */
export function findExamples(): Example[] {
  const packages = fs.readdirSync(path.join(root, 'packages'));
  const files = [
    ...markdownFiles(),
    ...packages.flatMap((name) => below(path.join('packages', name, 'src'), /(?<!\.test|\.test-d)\.ts$/)),
  ];
  return files.flatMap((file) => extractExamples(fs.readFileSync(path.join(root, file), 'utf8'), file));
}

/**
 * Writes examples into a folder where they find what a user's project would: every package of Ganymede, and zod. Returns their
 * files, in order.
 */
export function writeExamples(examples: readonly Example[], folder: string): string[] {
  fs.rmSync(folder, { recursive: true, force: true });
  const modules = path.join(folder, 'node_modules');
  const link = (target: string, name: string) => {
    fs.mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    fs.symlinkSync(target, path.join(modules, name), 'junction');
  };
  for (const name of fs.readdirSync(path.join(root, 'packages')))
    link(path.join(root, 'packages', name), `@ganymede/${name}`);
  link(path.join(root, 'packages/core/node_modules/zod'), 'zod');
  link(path.join(root, 'node_modules/vitest'), 'vitest');
  link(path.join(root, 'node_modules/@types'), '@types');
  const claims = fileURLToPath(new URL('claims.js', import.meta.url));
  return examples.map(({ code, file, line }) => {
    const written = path.join(folder, `${file.replace(/[^a-z0-9]+/gi, '-')}-${line}.ts`);
    fs.writeFileSync(written, code.replace("'#claims'", JSON.stringify(claims)));
    return written;
  });
}
