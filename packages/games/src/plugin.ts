import { definePlugin } from '@ganymede/core';
import { dualityGap } from './probes/duality-gap.js';

/** Games: the duality gap of a live run. */
export const games = definePlugin({ name: '@ganymede/games', apiVersion: 1, modules: [dualityGap] });
