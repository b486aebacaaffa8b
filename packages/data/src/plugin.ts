import { definePlugin } from '@ganymede/core';
import { glyphs } from './glyphs.js';
import { idx } from './idx.js';
import { folder } from './image-folder.js';
import { tokenFile } from './tokens.js';
import { world } from './world-dataset.js';

/** The datasets of this package. */
export const data = definePlugin({
  name: '@ganymede/data',
  apiVersion: 1,
  modules: [glyphs, idx, folder, tokenFile, world],
});
