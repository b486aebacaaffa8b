import { definePlugin } from '@ganymede/core';
import { dcgan } from './dcgan/dcgan.js';
import { toy } from './toy/toy.js';

/** GANs with differentiable samples. */
export const continuous = definePlugin({
  name: '@ganymede/continuous',
  apiVersion: 1,
  modules: [dcgan, toy],
});
