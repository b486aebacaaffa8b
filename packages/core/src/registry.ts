import { GanymedeError } from '@ganymede/tensor';
import { isModule } from './define-module.js';
import type { Kind, Module, Plugin } from './module.js';
import { didYouMean } from './nearest.js';

/** Modules by id, checked. */
export interface Registry {
  readonly plugins: readonly Plugin[];
  readonly modules: readonly Module[];
  ids(kind?: Kind): readonly string[];
  /** Ids as people type them: short where that is unambiguous. */
  shortIds(kind?: Kind): readonly string[];
  /** By id or short id. Throws `GANYMEDE_UNKNOWN_…` (by kind), `GANYMEDE_AMBIGUOUS_ID`. */
  find(id: string, kind?: Kind): Module;
}

const unknownCodes = {
  algorithm: 'GANYMEDE_UNKNOWN_ALGORITHM',
  backend: 'GANYMEDE_UNKNOWN_BACKEND',
  dataset: 'GANYMEDE_UNKNOWN_DATASET',
  loss: 'GANYMEDE_UNKNOWN_LOSS',
  metric: 'GANYMEDE_UNKNOWN_METRIC',
  optimizer: 'GANYMEDE_UNKNOWN_OPTIMIZER',
  regularizer: 'GANYMEDE_UNKNOWN_REGULARIZER',
} as const satisfies Record<Kind, string>;

/** `@ganymede/losses/hinge` -> `hinge`; only the project's own modules have short ids. */
const shortId = (id: string): string | undefined => /^@ganymede\/[^/]+\/(.+)$/.exec(id)?.[1];

const packageOf = (id: string): string => id.split('/').slice(0, 2).join('/');

function checkPlugin(plugin: Plugin): void {
  const name = typeof plugin === 'object' && plugin !== null ? String(plugin.name) : String(plugin);
  if (typeof plugin !== 'object' || !Array.isArray(plugin.modules) || !plugin.modules.every(isModule)) {
    throw new GanymedeError('GANYMEDE_PLUGIN_INVALID', {
      message: `"${name}" is no plugin: expected { name, apiVersion: 1, modules: [...] } with modules made by define…`,
      hint: 'make it with definePlugin, and its modules with defineLoss, defineAlgorithm and so on',
    });
  }
  if (plugin.apiVersion === 1) return;
  throw new GanymedeError('GANYMEDE_API_VERSION', {
    message: `plugin "${name}" has apiVersion ${String(plugin.apiVersion)}, expected 1`,
    hint: `install a version of "${name}" for this version of @ganymede/core`,
    data: { plugin: name, received: plugin.apiVersion, expected: 1 },
  });
}

/**
 * Checks plugins and indexes their modules. Throws `GANYMEDE_PLUGIN_INVALID`, `GANYMEDE_API_VERSION`, `GANYMEDE_DUPLICATE_ID`
 * naming both plugins, `GANYMEDE_MISSING_REQUIREMENT`.
 */
export function createRegistry(plugins: readonly Plugin[]): Registry {
  const owners = new Map<string, Plugin>();
  const byId = new Map<string, Module>();
  for (const plugin of plugins) {
    checkPlugin(plugin);
    for (const module of plugin.modules) {
      const owner = owners.get(module.id);
      if (owner !== undefined) {
        throw new GanymedeError('GANYMEDE_DUPLICATE_ID', {
          message: `the id "${module.id}" is claimed by plugin "${owner.name}" and by plugin "${plugin.name}"`,
          hint:
            owner.name === plugin.name
              ? 'list the plugin once'
              : 'leave one of the two out, or rename its module',
          data: { id: module.id, plugins: [owner.name, plugin.name] },
        });
      }
      owners.set(module.id, plugin);
      byId.set(module.id, module);
    }
  }
  const modules = Object.freeze([...byId.values()]);
  for (const module of modules) {
    const missing = module.requires.find((id) => !byId.has(id));
    if (missing === undefined) continue;
    throw new GanymedeError('GANYMEDE_MISSING_REQUIREMENT', {
      message: `"${module.id}" of plugin "${owners.get(module.id)?.name}" needs "${missing}", which no plugin brings`,
      hint: `install "${packageOf(missing)}" and list its plugin too`,
      data: { module: module.id, missing },
    });
  }
  const ofKind = (kind?: Kind) => modules.filter((module) => kind === undefined || module.kind === kind);
  const shortIds = (kind?: Kind) => {
    const ids = ofKind(kind).map(({ id }) => id);
    const shorts = ids.map((id) => shortId(id) ?? id);
    return ids.map((id, i) =>
      shorts.indexOf(shorts[i] as string) === shorts.lastIndexOf(shorts[i] as string)
        ? (shorts[i] as string)
        : id,
    );
  };
  const find = (id: string, kind?: Kind): Module => {
    const exact = byId.get(id);
    if (exact !== undefined && (kind === undefined || exact.kind === kind)) return exact;
    const candidates = ofKind(kind).filter((module) => shortId(module.id) === id);
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return only;
    throw only === undefined ? unknown(id, kind) : ambiguous(id, candidates);
  };
  const unknown = (id: string, kind?: Kind): GanymedeError => {
    const known = shortIds(kind);
    const owning = [...new Set(ofKind(kind).map((module) => owners.get(module.id)?.name))];
    const list = known.length === 0 ? 'none' : `${known.join(', ')}   from: ${owning.join(', ')}`;
    const lines = [
      `known: ${list}`,
      didYouMean(id, [...known, ...ofKind(kind).map((module) => module.id)]),
      byId.has(id) ? `"${id}" is a ${byId.get(id)?.kind}` : undefined,
      id.startsWith('@') && !byId.has(id)
        ? `if it comes from "${packageOf(id)}", install that and list its plugin`
        : undefined,
      kind === 'backend' && known.length === 0
        ? 'install one, such as @ganymede/backend-ort, and list its plugin'
        : undefined,
    ];
    return new GanymedeError(kind === undefined ? 'GANYMEDE_UNKNOWN_MODULE' : unknownCodes[kind], {
      message: `no ${kind ?? 'module'} "${id}".`,
      hint: lines.filter((line) => line !== undefined).join('\n  '),
      data: { id, known },
    });
  };
  const ambiguous = (id: string, candidates: readonly Module[]): GanymedeError =>
    new GanymedeError('GANYMEDE_AMBIGUOUS_ID', {
      message: `"${id}" may be ${candidates.map((module) => `"${module.id}" (${module.kind})`).join(' or ')}`,
      hint: 'use the whole id',
      data: { id, known: candidates.map((module) => module.id) },
    });
  return Object.freeze({
    plugins: Object.freeze([...plugins]),
    modules,
    ids: (kind?: Kind) => ofKind(kind).map(({ id }) => id),
    shortIds,
    find,
  });
}
