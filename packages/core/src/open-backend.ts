import { GanymedeError } from '@ganymede/tensor';
import type { Backend } from './backend.js';
import type { BackendChoice } from './ganymede.js';
import type { Registry } from './registry.js';

/** A backend for a run, and what its config notes of it. */
export interface OpenBackend {
  readonly backend: Backend;
  readonly id?: string;
  readonly options?: unknown;
  /** Frees the backend, unless it belongs to the caller. */
  dispose(): Promise<void>;
}

/** Opens the chosen backend, the first one by default. Throws `GANYMEDE_NO_BACKEND`, `GANYMEDE_UNKNOWN_BACKEND`, `GANYMEDE_OPTION`. */
export async function openBackend(
  registry: Registry,
  choice: BackendChoice | undefined,
  device: string | undefined,
): Promise<OpenBackend> {
  if (typeof choice === 'object' && 'compile' in choice) return { backend: choice, dispose: async () => {} };
  const [first] = registry.ids('backend');
  if (first === undefined) {
    throw new GanymedeError('GANYMEDE_NO_BACKEND', {
      message: `no backend to run on${choice === undefined ? '' : `: "${typeof choice === 'string' ? choice : choice.id}" was asked for`}`,
      hint: 'install one, such as @ganymede/backend-ort, and list its plugin: createGanymede({ plugins: [ort, …] })',
    });
  }
  const { id, options = {} } = typeof choice === 'object' ? choice : { id: choice ?? first };
  const module = registry.find(id, 'backend');
  const complete = device === undefined ? options : { ...options, device };
  // The registry found it by its kind; what it makes is a backend.
  const backend = await (module['~make'](complete, undefined) as Promise<Backend>);
  return { backend, id: module.id, options: complete, dispose: () => backend.dispose() };
}
