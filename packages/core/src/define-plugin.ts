import type { Module, Plugin } from './module.js';

/** Declares a plugin. A typed identity: it registers nothing; `createGanymede` checks it when it is used. */
export const definePlugin = <const Modules extends readonly Module[]>(
  plugin: Plugin<Modules>,
): Plugin<Modules> => Object.freeze({ ...plugin });
