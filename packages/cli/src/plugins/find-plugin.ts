import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import process from 'node:process';
import { didYouMean, GanymedeError } from '@ganymede/core';

/**
 * The entry file of a plugin named by path (from the working directory) or as a package: as seen from the working directory,
 * then from each folder of `from`.
 *
 * @throws `GANYMEDE_UNKNOWN_PLUGIN`
 */
export function findPlugin(name: string, from: readonly string[] = []): string {
  const path = resolve(name);
  const found = existsSync(path)
    ? entryOfPath(path)
    : isPath(name)
      ? undefined
      : firstOf([process.cwd(), ...from], (folder) => entryOfPackage(name, folder));
  if (found !== undefined) return realpathSync(found);
  const near = didYouMean(name, ['@ganymede/continuous', '@ganymede/discrete', '@ganymede/losses']);
  throw new GanymedeError('GANYMEDE_UNKNOWN_PLUGIN', {
    message: isPath(name)
      ? `no plugin at "${name}": there is no such file`
      : `no plugin "${name}": neither a path nor a package that can be found from ${process.cwd()}`,
    hint: [
      isPath(name)
        ? 'give the path of its entry file or of its package folder'
        : `install it here (npm i ${name}), or give the path of its entry file`,
      near,
    ]
      .filter((line) => line !== undefined)
      .join('\n  '),
    data: { plugin: name },
  });
}

/**
 * How a run notes a plugin so that it is found again from any working directory: a package's name where the run's folder sees
 * the same package, otherwise the absolute path.
 */
export function pluginNote(name: string, runFolder: string): string {
  const file = findPlugin(name);
  if (isPath(name) || existsSync(resolve(name))) return file;
  const seen = entryOfPackage(name, resolve(runFolder));
  return seen !== undefined && realpathSync(seen) === file ? name : file;
}

const isPath = (name: string): boolean => isAbsolute(name) || /^\.{1,2}([/\\]|$)/.test(name);

function firstOf<T, U>(items: readonly T[], of: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const result = of(item);
    if (result !== undefined) return result;
  }
  return undefined;
}

function entryOfPath(path: string): string | undefined {
  if (!statSync(path).isDirectory()) return path;
  if (existsSync(join(path, 'package.json'))) return entryOfFolder(path);
  return firstOf(['index.js', 'index.mjs', 'index.ts'], (file) => existing(join(path, file)));
}

function entryOfPackage(name: string, folder: string): string | undefined {
  const paths = createRequire(join(folder, 'package.json')).resolve.paths(name) ?? [];
  const home = firstOf(paths, (modules) => existing(join(modules, name, 'package.json')));
  return home === undefined ? undefined : entryOfFolder(resolve(home, '..'));
}

function entryOfFolder(folder: string): string | undefined {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { exports, main } = JSON.parse(text) as { exports?: unknown; main?: string };
  return existing(join(folder, entryOfExports(exports) ?? main ?? 'index.js'));
}

/** The file that an ESM import of a package's root gets, out of its `exports`. */
function entryOfExports(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const conditions = exports as Record<string, unknown>;
  if ('.' in conditions) return entryOfExports(conditions['.']);
  return firstOf(['import', 'node', 'module', 'default'], (condition) =>
    entryOfExports(conditions[condition]),
  );
}

const existing = (path: string): string | undefined => (existsSync(path) ? path : undefined);
