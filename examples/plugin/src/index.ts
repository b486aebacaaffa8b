import { definePlugin } from '@ganymede/core';
import { smoothHinge } from './smooth-hinge.js';
import { tiny } from './tiny.js';

export { smoothHinge, tiny };

export default definePlugin({ name: '@acme/ganymede-tiny', apiVersion: 1, modules: [tiny, smoothHinge] });
