export { tfjsNodeGpu, tfjsNodeGpu as default } from './plugin.js';
export { tfjsNodeGpuBackend } from './tfjs-node-gpu-backend.js';
