import { definePlugin } from '@ganymede/core';
import { oracleSequences } from './oracle/oracle-sequences.js';
import { seqgan } from './seqgan/seqgan.js';

/** GANs over discrete samples, trained by policy gradients. */
export const discrete = definePlugin({
  name: '@ganymede/discrete',
  apiVersion: 1,
  modules: [seqgan, oracleSequences],
});
