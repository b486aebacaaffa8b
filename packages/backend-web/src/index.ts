export { web } from './plugin.js';
export { webBackend } from './web-backend.js';
