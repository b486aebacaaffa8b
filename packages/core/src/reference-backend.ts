import { evaluate, inputName } from '@ganymede/tensor';
import { z } from 'zod';
import { type Executable, type Held, toHost } from './backend.js';
import { defineBackend } from './define-module.js';

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
    flags: { float64: false, deterministic: true },
    compile: async (graph, { constants = {} } = {}): Promise<Executable> => {
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
          return { ...evaluate(graph, { ...constants, ...Object.fromEntries(values) }) };
        },
        dispose: async () => {},
      };
    },
    dispose: async () => {},
  }),
});
