export { ort } from './plugin.js';
export { ortBackend } from './ort-backend.js';
export type { Device, OrtOptions } from './options.js';
