import { ort } from '@ganymede/backend-ort';
import { continuous } from '@ganymede/continuous';
import { createGanymede, type Plugin } from '@ganymede/core';
import { data } from '@ganymede/data';
import { discrete } from '@ganymede/discrete';
import { games } from '@ganymede/games';
import { losses } from '@ganymede/losses';
import { metrics } from '@ganymede/metrics';
import { nn } from '@ganymede/nn';
import { findPlugin } from '../plugins/find-plugin.js';
import { loadPlugin } from '../plugins/load-plugin.js';
import { optionalBackends } from '../plugins/optional-backends.js';

/** The plugins that come with the command. */
const builtIn: readonly Plugin[] = [ort, continuous, discrete, data, games, losses, metrics, nn];

/**
 * Everything a command can use: the built-in plugins, the backends that it knows, and the plugins named by `--plugin` or the
 * configuration, packages as seen from the working directory and then from the folders in `from`.
 *
 * @throws `GANYMEDE_UNKNOWN_PLUGIN`, `GANYMEDE_PLUGIN_INVALID`, and what `createGanymede` throws
 */
export async function openSession(plugins: readonly string[] = [], from: readonly string[] = []) {
  // One plugin named twice, as a package and by path, is one plugin.
  const files = new Map(plugins.map((name) => [findPlugin(name, from), name]));
  const loaded = await Promise.all([...files].map(([file, name]) => loadPlugin(file, name)));
  const named = new Set(loaded.map(({ name }) => name));
  const optional = (await optionalBackends()).filter(({ name }) => !named.has(name));
  return createGanymede({ plugins: [...builtIn, ...optional, ...loaded] });
}
export type Session = Awaited<ReturnType<typeof openSession>>;
