import { type Backend, compileStep, createRng, type Dataset, type Held, isOnDevice } from '@ganymede/core';
import { dcgan } from '@ganymede/continuous';
import type { Value } from '@ganymede/tensor';
import type { Contender } from './alternate.js';

export interface DcganSetting {
  readonly size: 28 | 64;
  readonly batch: number;
  readonly width: number;
}

export interface DcganStep extends Contender {
  readonly nodes: number;
  /** Milliseconds from the algorithm to the compiled step. */
  readonly compileMs: number;
  /** The last step's discriminator and generator losses. */
  losses(): readonly [number, number];
  dispose(): Promise<void>;
}

/** Images of noise, for their shape: the time of a step does not depend on what they show. */
function noiseDataset({ size }: DcganSetting): Dataset {
  const shape = [size === 28 ? 1 : 3, size, size];
  return {
    summary: 'noise',
    length: 1 << 20,
    fields: { images: { dtype: 'float32', shape } },
    read: async () => ({}),
    hash: async () => '',
  };
}

/** DCGAN's training step (discriminator, generator, Adam) as the library has it, compiled on `backend`. */
export async function createDcganStep(
  name: string,
  backend: Backend,
  setting: DcganSetting,
): Promise<DcganStep> {
  const start = performance.now();
  const data = noiseDataset(setting);
  const algorithm = dcgan({ width: setting.width }, { data, batchSize: setting.batch });
  const rng = createRng(1);
  const state = new Map<string, Held>(Object.entries(algorithm.init(rng.child('init'))));
  const types = Object.fromEntries([...state].map(([path, { dtype, shape }]) => [path, { dtype, shape }]));
  const step = await compileStep(algorithm.steps.train, types, backend);
  const compileMs = performance.now() - start;
  const shape = [setting.batch, ...(data.fields.images?.shape ?? [])];
  const batches = [0, 1, 2, 3].map((i) =>
    rng.child('images').draw(shape, { kind: 'uniform', low: -1, high: 1 }, i),
  );
  let call = 0;
  let losses: readonly [number, number] = [Number.NaN, Number.NaN];
  const one = async (): Promise<number> => {
    const batch = { images: batches[call % batches.length] as Value };
    const begin = performance.now();
    const { updates, report } = await step.run({ state, batch, rng: rng.child('train'), call });
    for (const [path, next] of updates) {
      const before = state.get(path);
      state.set(path, next);
      if (before !== undefined && isOnDevice(before)) before.dispose();
    }
    const time = performance.now() - begin;
    losses = [report.metrics.discriminatorLoss ?? Number.NaN, report.metrics.generatorLoss ?? Number.NaN];
    call++;
    return time;
  };
  return {
    name,
    nodes: step.nodes,
    compileMs,
    losses: () => losses,
    async block(count) {
      const times: number[] = [];
      for (let i = 0; i < count; i++) times.push(await one());
      return times;
    },
    dispose: () => step.dispose(),
  };
}
