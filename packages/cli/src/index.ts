export { defineConfig, type GanymedeConfig } from './config/config-schema.js';
export { main } from './main.js';
