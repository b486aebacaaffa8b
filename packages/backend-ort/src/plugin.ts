import { definePlugin } from '@ganymede/core';
import { ortBackend } from './ort-backend.js';

/** The ONNX Runtime backend as a plugin. */
export const ort = definePlugin({ name: '@ganymede/backend-ort', apiVersion: 1, modules: [ortBackend] });
