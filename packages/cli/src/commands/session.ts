import { pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { ort } from '@ganymede/backend-ort';
import { continuous } from '@ganymede/continuous';
import { createGanymede, GanymedeError, type Plugin } from '@ganymede/core';
import { data } from '@ganymede/data';
import { discrete } from '@ganymede/discrete';
import { losses } from '@ganymede/losses';
import { metrics } from '@ganymede/metrics';
import { nn } from '@ganymede/nn';

/** The plugins that come with the command. */
const builtIn: readonly Plugin[] = [ort, continuous, discrete, data, losses, metrics, nn];

/**
 * Everything a command can use: the built-in plugins and those named by `--plugin` or the configuration.
 *
 * @throws `GANYMEDE_UNKNOWN_PLUGIN`, `GANYMEDE_PLUGIN_INVALID`, and what `createGanymede` throws
 */
export async function openSession(plugins: readonly string[] = []) {
  const loaded = await Promise.all(plugins.map(loadPlugin));
  return createGanymede({ plugins: [...builtIn, ...loaded] });
}
export type Session = Awaited<ReturnType<typeof openSession>>;

/** Loads a plugin by package name (as seen from the working directory) or by path; its default export is the plugin. */
async function loadPlugin(name: string): Promise<Plugin> {
  const path = resolve(name);
  let specifier: string;
  try {
    specifier = existsSync(path) ? createRequire(`${process.cwd()}/`).resolve(path) : resolvePackage(name);
  } catch (cause) {
    throw new GanymedeError('GANYMEDE_UNKNOWN_PLUGIN', {
      message: `no plugin "${name}": neither a path nor a package that can be found from ${process.cwd()}`,
      hint: `install it here (npm i ${name}), or give the path of its entry file`,
      cause,
    });
  }
  const module = (await import(pathToFileURL(specifier).href)) as { default?: unknown };
  const plugin = module.default;
  if (typeof plugin !== 'object' || plugin === null || !('modules' in plugin) || !('apiVersion' in plugin)) {
    throw new GanymedeError('GANYMEDE_PLUGIN_INVALID', {
      message: `"${name}" has no plugin as its default export`,
      hint: "export default definePlugin({ name, apiVersion: 1, modules: [...] }) from '@ganymede/core'",
    });
  }
  return plugin as Plugin;
}

function resolvePackage(name: string): string {
  const require = createRequire(`${process.cwd()}/package.json`);
  try {
    return require.resolve(name);
  } catch {
    // An ESM-only package has no entry for require; its folder still tells where it is.
    for (const folder of require.resolve.paths(name) ?? []) {
      const manifest = resolve(folder, name, 'package.json');
      if (!existsSync(manifest)) continue;
      const { exports, main } = require(manifest) as { exports?: unknown; main?: string };
      const entry = entryOf(exports) ?? main ?? 'index.js';
      return resolve(folder, name, entry);
    }
    throw new Error(`cannot find package ${name}`);
  }
}

/** The file an ESM import of a package's root gets, out of its `exports`. */
function entryOf(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const conditions = exports as Record<string, unknown>;
  return entryOf(conditions['.'] ?? conditions.import ?? conditions.node ?? conditions.default);
}
