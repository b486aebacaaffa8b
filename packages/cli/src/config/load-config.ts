import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { GanymedeError } from '@ganymede/core';
import { createJiti } from 'jiti';
import { type GanymedeConfig, parseConfig } from './config-schema.js';

const defaultNames = ['ganymede.config.ts', 'ganymede.config.js', 'ganymede.config.mjs'];

/**
 * Reads a TypeScript or JavaScript configuration: `file`, or the one in the working directory, or none.
 *
 * @throws `GANYMEDE_CONFIG` where a named file is missing, cannot be evaluated or holds a wrong setting.
 */
export async function loadConfig(file: string | undefined): Promise<GanymedeConfig> {
  const path =
    file === undefined ? await firstExisting(defaultNames.map((name) => resolve(name))) : resolve(file);
  if (path === undefined) return {};
  if (file !== undefined && (await firstExisting([path])) === undefined) {
    throw new GanymedeError('GANYMEDE_CONFIG', {
      message: `no configuration file "${file}"`,
      hint: 'name an existing file, or leave --config out to use ganymede.config.ts in this folder',
    });
  }
  let config: unknown;
  try {
    config = await createJiti(import.meta.url, { alias: ownName(), moduleCache: false }).import(path, {
      default: true,
    });
  } catch (cause) {
    throw new GanymedeError('GANYMEDE_CONFIG', {
      message: `${path} could not be evaluated: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  }
  return parseConfig(config, path);
}

/** The configuration imports `defineConfig` from this package, which may be installed elsewhere (`npm i -g`, `npx`). */
function ownName(): Record<string, string> {
  const name = '@ganymede/cli';
  return { [name]: createRequire(import.meta.url).resolve(name) };
}

async function firstExisting(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}
