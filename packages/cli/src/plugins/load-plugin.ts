import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GanymedeError, type Plugin } from '@ganymede/core';
import { createJiti } from 'jiti';

/**
 * Imports a plugin's entry file, JavaScript or TypeScript; its default export is the plugin.
 *
 * @throws `GANYMEDE_PLUGIN_INVALID` where it cannot be evaluated or exports no plugin.
 */
export async function loadPlugin(file: string, name: string): Promise<Plugin> {
  let module: { readonly default?: unknown };
  try {
    module = /^\.[mc]?ts$/.test(extname(file))
      ? await createJiti(import.meta.url).import<{ default?: unknown }>(file)
      : ((await import(pathToFileURL(file).href)) as { default?: unknown });
  } catch (cause) {
    throw new GanymedeError('GANYMEDE_PLUGIN_INVALID', {
      message: `the plugin "${name}" (${file}) could not be loaded: ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`,
      hint: 'import it from a script of your own to see where it fails; is everything that it needs installed?',
      cause,
    });
  }
  const plugin = module.default;
  if (typeof plugin === 'object' && plugin !== null && 'modules' in plugin && 'apiVersion' in plugin) {
    return plugin as Plugin;
  }
  throw new GanymedeError('GANYMEDE_PLUGIN_INVALID', {
    message: `"${name}" (${file}) has no plugin as its default export`,
    hint: "export default definePlugin({ name, apiVersion: 1, modules: [...] }) from '@ganymede/core'",
  });
}
