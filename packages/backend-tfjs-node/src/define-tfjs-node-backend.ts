import { availableParallelism } from 'node:os';
import { type Backend, defineBackend, type Module } from '@ganymede/core';
import { chooseDevice, devices } from './devices.js';
import { createTfjsBackend } from './evaluator/index.js';
import { loadTfjsNode } from './load-tfjs-node.js';
import { type TfjsNodeOptions, tfjsNodeOptions } from './options.js';

/** What a backend over a package of TensorFlow for Node is made of. */
export interface TfjsNodeDefinition<Id extends string> {
  /** Module id, such as `@ganymede/backend-tfjs-node/tfjs-node`. */
  readonly id: Id;
  /** Short name, such as `tfjs-node`. */
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** npm packages that bring TensorFlow, the preferred one first. */
  readonly packages: readonly [string, ...string[]];
  /** What `auto` stands for: whatever TensorFlow takes, or a GPU and nothing else. @defaultValue 'auto' */
  readonly preferred?: 'auto' | 'gpu';
}

/** A backend module over a package of TensorFlow for Node. */
export type TfjsNodeModule<Id extends string> = Module<
  'backend',
  Id,
  typeof tfjsNodeOptions,
  Promise<Backend>
>;

/** The backend module over a package of TensorFlow for Node. */
export function defineTfjsNodeBackend<const Id extends string>({
  id,
  name,
  summary,
  packages,
  preferred = 'auto',
}: TfjsNodeDefinition<Id>): TfjsNodeModule<Id> {
  return defineBackend({
    id,
    summary,
    options: tfjsNodeOptions,
    devices: () => devices(packages),
    create: async ({ device: wanted, threads, from }: TfjsNodeOptions): Promise<Backend> => {
      const loaded = loadTfjsNode({ packages, from, threads, cpuOnly: wanted === 'cpu' });
      const device = chooseDevice(wanted === 'auto' ? preferred : wanted, loaded);
      const count = threads ?? availableParallelism();
      const where = device === 'gpu' ? 'gpu' : `cpu · ${count} ${count === 1 ? 'thread' : 'threads'}`;
      return createTfjsBackend({
        tf: loaded.tf,
        backendName: 'tensorflow',
        name,
        device,
        summary: `${name} · ${where} · libtensorflow ${loaded.version}`,
        deterministic: device === 'cpu',
      });
    },
  });
}
