export { tfjsNode, tfjsNode as default } from './plugin.js';
export { tfjsNodeBackend } from './tfjs-node-backend.js';
export {
  defineTfjsNodeBackend,
  type TfjsNodeDefinition,
  type TfjsNodeModule,
} from './define-tfjs-node-backend.js';
export type { TfjsNodeOptions } from './options.js';
export { createTfjsBackend, type Tfjs, type TfjsBackendOptions, type TfTensor } from './evaluator/index.js';
