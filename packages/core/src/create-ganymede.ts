import { createRegistry, type Registry } from './registry.js';
import type { Container } from './container.js';
import type {
  CreateResult,
  Ganymede,
  ModulesOf,
  PluginSlot,
  ResumeOptions,
  StartOptions,
} from './ganymede.js';
import { type Launcher, resumeRun, startRun } from './launch-run.js';
import type { Kind, Module, Plugin } from './module.js';
import { bindServices, type Services } from './services.js';

/**
 * Puts plugins together. The result knows every id, every option and every result type; nothing is registered anywhere else.
 *
 * ```ts
 * import { ort } from '@ganymede/backend-ort';
 * import { continuous } from '@ganymede/continuous';
 * import { createGanymede } from '@ganymede/core';
 * import { glyphs } from '@ganymede/data';
 *
 * const ganymede = createGanymede({ plugins: [ort, continuous] });
 * const run = await ganymede.train('dcgan', { data: glyphs({ count: 64 }), options: { width: 2 }, steps: 1 });
 * run.status; // => 'ended'
 * await run.dispose();
 * ```
 *
 * Throws `GANYMEDE_PLUGIN_INVALID`, `GANYMEDE_API_VERSION`, `GANYMEDE_DUPLICATE_ID`, `GANYMEDE_MISSING_REQUIREMENT`.
 */
export function createGanymede<const Slots extends readonly PluginSlot[]>(options: {
  readonly plugins: Slots;
  /** Replacements for core's services. */
  readonly services?: Partial<Services>;
}): Ganymede<ModulesOf<Slots[number]>> {
  const plugins = options.plugins.filter((slot) => Boolean(slot)) as readonly Plugin[];
  const make = (registry: Registry, services: Container): Ganymede => {
    const launcher: Launcher = { registry, services };
    const create = (id: string, ...args: readonly unknown[]) => registry.find(id)['~make'](args[0], args[1]);
    const start = (id: string, o: StartOptions) => startRun(launcher, id, o);
    return Object.freeze<Ganymede>({
      modules: registry.modules,
      plugins: registry.plugins,
      services,
      ids: registry.ids,
      resolve: (kind, id) => registry.find(id, kind).id,
      module: (id) => registry.find(id),
      create: (id, ...args) => create(id, ...args) as CreateResult<Module>,
      make: (kind, id, given, needed) => makeOfKind(registry, kind, id, given, needed),
      use: (plugin) => make(createRegistry([...registry.plugins, plugin]), services),
      start,
      train: async (id, o) => {
        const run = await start(id, o);
        try {
          await run.complete();
        } catch (error) {
          await run.dispose();
          throw error;
        }
        return run;
      },
      resume: (folder, o: ResumeOptions = {}) => resumeRun(launcher, folder, o, false),
      open: (folder, o: ResumeOptions = {}) => resumeRun(launcher, folder, o, true),
    });
  };
  // The value does what the types say for the plugins given; the compiler cannot follow ids through the registry's map.
  return make(createRegistry(plugins), bindServices(options.services)) as unknown as Ganymede<
    ModulesOf<Slots[number]>
  >;
}

function makeOfKind<K extends Kind>(
  registry: Registry,
  kind: K,
  id: string,
  options: unknown,
  services: unknown,
) {
  // Found by kind, so its result is that kind's.
  return registry.find(id, kind)['~make'](options, services) as ReturnType<Module<K>['~make']>;
}
