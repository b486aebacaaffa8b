import { definePlugin } from '@ganymede/core';
import { adam } from './optimizers/adam.js';
import { adamw } from './optimizers/adamw.js';
import { optimisticAdam } from './optimizers/optimistic-adam.js';
import { optimisticSgd } from './optimizers/optimistic-sgd.js';
import { rmsprop } from './optimizers/rmsprop.js';
import { sgd } from './optimizers/sgd.js';

/** The optimizers of this package, by id. */
export const nn = definePlugin({
  name: '@ganymede/nn',
  apiVersion: 1,
  modules: [adam, adamw, optimisticAdam, rmsprop, sgd, optimisticSgd],
});
