import { definePlugin } from '@ganymede/core';
import { classes } from './classes.js';
import { fid } from './fid.js';
import { modes } from './modes.js';
import { nllOracle } from './nll-oracle.js';

/** Metrics of generated images, points and sequences. */
export const metrics = definePlugin({
  name: '@ganymede/metrics',
  apiVersion: 1,
  modules: [fid, classes, modes, nllOracle],
});
