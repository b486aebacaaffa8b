import { definePlugin } from '@ganymede/core';
import { tfjsNodeGpuBackend } from './tfjs-node-gpu-backend.js';

/** The tfjs-node-gpu backend as a plugin. */
export const tfjsNodeGpu = definePlugin({
  name: '@ganymede/backend-tfjs-node-gpu',
  apiVersion: 1,
  modules: [tfjsNodeGpuBackend],
});
