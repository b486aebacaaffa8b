import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import process from 'node:process';

/** A package of TensorFlow for Node, found but not loaded. */
export interface FoundPackage {
  /** Such as `@tensorflow/tfjs-node`. */
  readonly name: string;
  readonly version: string;
  /** Its entry file. */
  readonly entry: string;
}

/**
 * The first of `names` that is installed: in the project at `from`, at the folder in the environment variable
 * GANYMEDE_TFJS_NODE, in the working directory, or beside this package. `from` excludes the others.
 */
export function findTfjsNode(names: readonly string[], from: string | undefined): FoundPackage | undefined {
  const named = from ?? process.env.GANYMEDE_TFJS_NODE;
  const folders = named === undefined ? [process.cwd()] : [resolve(named)];
  const bases = folders.map((folder) => join(folder, 'package.json'));
  if (from === undefined) bases.push(import.meta.url);
  for (const base of bases) {
    for (const name of names) {
      const found = resolved(name, base);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function resolved(name: string, base: string): FoundPackage | undefined {
  const require = createRequire(base);
  try {
    const { version } = require(`${name}/package.json`) as { version: string };
    return { name, version, entry: require.resolve(name) };
  } catch {
    return undefined;
  }
}
