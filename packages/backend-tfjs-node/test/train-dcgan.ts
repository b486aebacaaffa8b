import { continuous } from '@ganymede/continuous';
import { type Backend, createGanymede, memorySink } from '@ganymede/core';
import { glyphs } from '@ganymede/data';

/** What a short training gave. */
export interface Trained {
  /** Losses of the discriminator and of the generator after each iteration. */
  readonly losses: readonly (readonly [number, number])[];
  /** Samples of the generator at the end. */
  readonly samples: Float32Array;
}

const narrow = { data: glyphs({ count: 64, size: 28 }), options: { width: 4 }, batch: 8, seed: 3 } as const;

/** Trains a small DCGAN on drawn digits, the same one whatever the backend. */
export async function trainDcgan(backend: Backend, steps: number, folder?: string): Promise<Trained> {
  const sink = memorySink();
  const ganymede = createGanymede({ plugins: [continuous] });
  const run = await ganymede.start('dcgan', {
    ...narrow,
    steps,
    backend,
    sinks: [sink],
    ...(folder === undefined ? {} : { out: folder }),
  });
  try {
    await run.complete();
    return { losses: lossesIn(sink.events), samples: await samplesOf(run) };
  } finally {
    await run.dispose();
  }
}

/** Goes on with a training in a folder to `steps` iterations. */
export async function resumeDcgan(backend: Backend, steps: number, folder: string): Promise<Trained> {
  const sink = memorySink();
  const ganymede = createGanymede({ plugins: [continuous] });
  const run = await ganymede.resume(folder, { data: narrow.data, backend, steps, sinks: [sink] });
  try {
    await run.complete();
    return { losses: lossesIn(sink.events), samples: await samplesOf(run) };
  } finally {
    await run.dispose();
  }
}

const lossesIn = (events: ReturnType<typeof memorySink>['events']): [number, number][] =>
  events.flatMap((event) =>
    event.type === 'step'
      ? [[event.metrics.discriminatorLoss ?? Number.NaN, event.metrics.generatorLoss ?? Number.NaN]]
      : [],
  );

const samplesOf = async (run: {
  sample(options: { count: number; seed: number }): Promise<Record<string, { data: unknown }>>;
}) => Object.values(await run.sample({ count: 4, seed: 1 }))[0]?.data as Float32Array;
