import { evaluate, inputName } from '@ganymede/tensor';
import { z } from 'zod';
import { type Executable, type Held, toHost } from './backend.js';
import { defineBackend } from './define-module.js';
import { createKernelClock } from './kernel-clock.js';

/**
 * Runs graphs with the tensor language's own interpreter: slow, in plain TypeScript, everywhere the same. For tests, and to
 * check other backends against.
 */
export const referenceBackend = defineBackend({
  id: '@ganymede/core/reference',
  summary: 'the interpreter of the tensor language: exact and slow, for tests and verification',
  options: z.object({}),
  devices: async () => [{ device: 'cpu', usable: true, detail: 'always' }],
  create: async () => ({
    name: 'reference',
    device: 'cpu',
    summary: 'reference · cpu',
    flags: { float64: false, deterministic: true, profiles: true },
    compile: async (graph, { constants = {}, profile } = {}): Promise<Executable> => {
      const clock = profile === undefined ? undefined : createKernelClock();
      const names = graph.inputs
        .map((x) => inputName(x) as string)
        .filter((name) => !Object.hasOwn(constants, name));
      return {
        inputs: names,
        outputs: Object.keys(graph.outputs),
        nodes: graph.nodes.length,
        run: async (feeds: Readonly<Record<string, Held>>) => {
          const values = await Promise.all(
            names.map(async (name) => [name, await toHost(feeds[name] as Held)]),
          );
          clock?.begin();
          const fed = { ...constants, ...Object.fromEntries(values) };
          return { ...evaluate(graph, fed, clock === undefined ? {} : { computed: clock.computed }) };
        },
        dispose: async () => {
          if (clock !== undefined) profile?.(clock.kernels);
        },
      };
    },
    dispose: async () => {},
  }),
});
