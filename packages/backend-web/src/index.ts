export { web, web as default } from './plugin.js';
export { webBackend } from './web-backend.js';
