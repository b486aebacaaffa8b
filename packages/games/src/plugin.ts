import { definePlugin } from '@ganymede/core';

/** Games: probes of a live run against its players' best responses. */
export const games = definePlugin({ name: '@ganymede/games', apiVersion: 1, modules: [] });
