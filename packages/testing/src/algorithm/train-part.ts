import {
  type Algorithm,
  type AlgorithmServices,
  type Checkpoint,
  type CheckpointStore,
  createEventHub,
  createRng,
  createRun,
  type Dataset,
  memoryCheckpointStore,
  type Position,
  referenceBackend,
  type Run,
  type State,
  stderrLogger,
  systemClock,
} from '@ganymede/core';
import { numbersOf } from '@ganymede/tensor';

/** What is trained: the part of a row that makes a run. */
export interface Trainee {
  readonly name: string;
  /** Makes it, each time anew. */
  create(services: AlgorithmServices): Algorithm;
  /** What it is trained on, each time anew. */
  data(): Dataset | Promise<Dataset>;
  readonly batchSize: number;
}

/** The seed of every run of the suite. */
export const seed = 4;

/** A training from `from` to iteration `end`, on the reference backend. */
export interface Part {
  readonly end: number;
  readonly from?: Checkpoint;
  readonly store?: CheckpointStore;
}

/** A run of that training, not yet begun. */
export async function createPart(row: Trainee, { end, from, store }: Part): Promise<Run> {
  const dataset = await row.data();
  const { batchSize } = row;
  return createRun({
    algorithmId: row.name,
    algorithm: row.create({ data: dataset, batchSize }),
    dataset,
    batchSize,
    backend: await referenceBackend(),
    rng: createRng(seed),
    rngOf: (other) => createRng(other),
    steps: end,
    checkpointEvery: 1,
    checkpoints: store ?? memoryCheckpointStore(),
    events: createEventHub([], systemClock, stderrLogger),
    clock: systemClock,
    versions: {},
    ...(from === undefined ? {} : { from }),
  });
}

/** What a training left: every iteration's metrics and checkpoint. */
export interface Trained {
  readonly metrics: readonly Readonly<Record<string, number>>[];
  readonly checkpoints: readonly Checkpoint[];
}

/** Trains, keeping every checkpoint. */
export async function train(row: Trainee, part: Omit<Part, 'store'>): Promise<Trained> {
  const store = memoryCheckpointStore({ keep: Number.MAX_SAFE_INTEGER });
  const run = await createPart(row, { ...part, store });
  const metrics: Readonly<Record<string, number>>[] = [];
  for await (const event of run.advance()) if (event.type === 'step') metrics.push(event.metrics);
  await run.dispose();
  const checkpoints = await Promise.all((await store.list()).map((id) => store.load(id)));
  return { metrics, checkpoints };
}

/** dtype and shape of every entry. */
export const typesOf = (state: State) =>
  Object.fromEntries(Object.entries(state).map(([path, { dtype, shape }]) => [path, { dtype, shape }]));

/** A state as numbers, for comparisons. */
export const plain = (state: State) =>
  Object.fromEntries(Object.entries(state).map(([path, x]) => [path, numbersOf(x)]));

/** All of a checkpoint that decides how the run goes on. */
export const course = ({
  meta,
  state,
}: Checkpoint): { position: Position; data: object; calls: object; state: object } => ({
  position: meta.position,
  data: meta.data,
  calls: meta.calls,
  state: plain(state),
});
