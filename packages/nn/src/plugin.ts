import { definePlugin } from '@ganymede/core';
import { adam } from './optimizers/adam.js';
import { rmsprop } from './optimizers/rmsprop.js';
import { sgd } from './optimizers/sgd.js';

/** The optimizers of this package, by id. */
export const nn = definePlugin({ name: '@ganymede/nn', apiVersion: 1, modules: [adam, rmsprop, sgd] });
