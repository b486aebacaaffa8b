import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../../.cache/tfjs-node', import.meta.url));

/** The folder that tools/setup-tfjs-node.mjs, or the user, installed tfjs-node into; undefined where nobody did. */
export const tfjsNodeFolder: string | undefined =
  process.env.GANYMEDE_TFJS_NODE ?? (fs.existsSync(path.join(built, 'setup.json')) ? built : undefined);

/** Why tests on libtensorflow are skipped. */
export const notInstalled =
  'tfjs-node is not installed: `node tools/setup-tfjs-node.mjs` builds it on a recent libtensorflow';
