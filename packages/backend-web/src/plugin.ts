import { definePlugin } from '@ganymede/core';
import { webBackend } from './web-backend.js';

/** The backend for browsers as a plugin. */
export const web = definePlugin({ name: '@ganymede/backend-web', apiVersion: 1, modules: [webBackend] });
