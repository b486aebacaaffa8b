import { GanymedeError } from '@ganymede/tensor';

/** The modules of Node that Ganymede's packages use for files, hashes and processes. */
interface NodeModules {
  readonly 'node:crypto': typeof import('node:crypto');
  readonly 'node:fs': typeof import('node:fs');
  readonly 'node:fs/promises': typeof import('node:fs/promises');
  readonly 'node:os': typeof import('node:os');
  readonly 'node:path': typeof import('node:path');
  readonly 'node:process': typeof import('node:process');
  readonly 'node:util': typeof import('node:util');
  readonly 'node:zlib': typeof import('node:zlib');
}

type Finder = (id: string) => object | undefined;

const builtIn: Finder = (id) => globalThis.process?.getBuiltinModule?.(id);

/**
 * A module of Node, looked up when the program runs: packages that can work with files then load, and are bundled, where there
 * is no Node. There its functions throw `GANYMEDE_NO_NODE` when they are called.
 */
export function nodeModule<Id extends keyof NodeModules>(id: Id, find: Finder = builtIn): NodeModules[Id] {
  // What Node calls by this name has this type.
  return (find(id) ?? missing(id)) as NodeModules[Id];
}

const missing = (id: string): object =>
  new Proxy(
    {},
    {
      get: (_, name) => () => {
        throw new GanymedeError('GANYMEDE_NO_NODE', {
          message: `"${String(name)}" of "${id}" was needed, and this is not Node`,
          hint: 'in a browser leave out what works with files: runs without `out`, datasets made in memory',
          data: { module: id },
        });
      },
    },
  );
