import { defineBackend, definePlugin, GanymedeError, type Plugin } from '@ganymede/core';
import { z } from 'zod';
import { findPlugin } from './find-plugin.js';
import { loadPlugin } from './load-plugin.js';

/** A backend that the command knows and does not bring. */
interface OptionalBackend {
  readonly package: string;
  /** Id of its module. */
  readonly id: `@${string}/${string}`;
  readonly summary: string;
}

const known: readonly OptionalBackend[] = [
  {
    package: '@ganymede/backend-tfjs-node',
    id: '@ganymede/backend-tfjs-node/tfjs-node',
    summary: 'libtensorflow through tfjs-node',
  },
  {
    package: '@ganymede/backend-tfjs-node-gpu',
    id: '@ganymede/backend-tfjs-node-gpu/tfjs-node-gpu',
    summary: 'libtensorflow through tfjs-node-gpu',
  },
  {
    package: '@ganymede/backend-web',
    id: '@ganymede/backend-web/web',
    summary: 'ONNX Runtime for the web: WebAssembly, WebGPU, in a browser',
  },
];

type Importer = (name: string) => Promise<unknown>;

const importer: Importer = (name) => import(name);

/**
 * The backends that the command knows and does not bring, as plugins: those that are installed (beside the command, or as seen
 * from the working directory) are theirs; the others say what to install when they are asked for, by `ganymede backends` too.
 */
export const optionalBackends = (
  backends: readonly OptionalBackend[] = known,
  load: Importer = importer,
): Promise<Plugin[]> => Promise.all(backends.map((one) => installed(one, load)));

async function installed(one: OptionalBackend, load: Importer): Promise<Plugin> {
  try {
    return (
      (await besideTheCommand(one.package, load)) ?? (await loadPlugin(findPlugin(one.package), one.package))
    );
  } catch (error) {
    if (GanymedeError.is(error, 'GANYMEDE_UNKNOWN_PLUGIN')) return absent(one, 'not installed');
    return absent(
      one,
      error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error),
      error,
    );
  }
}

/** The plugin that the command itself can import; undefined where there is no such package. */
async function besideTheCommand(name: string, load: Importer): Promise<Plugin | undefined> {
  try {
    return ((await load(name)) as { readonly default: Plugin }).default;
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message?: string };
    // A package that lacks one of its own dependencies is installed, and broken.
    if (code === 'ERR_MODULE_NOT_FOUND' && message?.includes(`'${name}'`)) return undefined;
    throw error;
  }
}

/** In the place of a backend that cannot be loaded: it says so. */
function absent({ package: name, id, summary }: OptionalBackend, reason: string, cause?: unknown): Plugin {
  const hint = `npm install ${name}`;
  const module = defineBackend({
    id,
    summary,
    options: z.looseObject({}),
    devices: async () => [{ device: 'none', usable: false, detail: `${reason}; ${hint}` }],
    create: async () => {
      throw new GanymedeError('GANYMEDE_BACKEND_UNAVAILABLE', {
        message: `the backend "${id}" cannot be used: its package "${name}" is ${reason}`,
        hint: `install it: ${hint}`,
        data: { package: name },
        cause,
      });
    },
  });
  return definePlugin({ name, apiVersion: 1, modules: [module] });
}
