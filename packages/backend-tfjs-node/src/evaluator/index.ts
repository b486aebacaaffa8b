export { createTfjsBackend, type TfjsBackendOptions } from './create-tfjs-backend.js';
export type { Tfjs, TfTensor } from './tfjs.js';
