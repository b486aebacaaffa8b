import { definePlugin } from '@ganymede/core';
import { tfjsNodeBackend } from './tfjs-node-backend.js';

/** The tfjs-node backend as a plugin. */
export const tfjsNode = definePlugin({
  name: '@ganymede/backend-tfjs-node',
  apiVersion: 1,
  modules: [tfjsNodeBackend],
});
