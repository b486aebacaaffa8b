import ownManifest from '../../package.json' with { type: 'json' };
import process from 'node:process';

/** Versions that an export's bytes and checks depend on. */
export const versions: Readonly<Record<string, string>> = {
  '@ganymede/serving': ownManifest.version,
  node: process.versions.node,
};
