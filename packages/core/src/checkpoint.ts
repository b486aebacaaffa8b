import { GanymedeError } from '@ganymede/tensor';
import type { Position } from './algorithm.js';
import type { DataCursor } from './data-stream.js';
import type { State } from './step.js';

/** All of a run at the end of an iteration, except the tensors. JSON. */
export interface CheckpointMeta {
  /** Iterations completed. */
  readonly iteration: number;
  readonly position: Position;
  readonly data: DataCursor;
  /** How many times each step has run. */
  readonly calls: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly algorithm: { readonly id: string; readonly options?: unknown };
  readonly dataset: string;
  readonly backend: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Training time so far, over all sessions. */
  readonly seconds: number;
}

/** A saved moment of a run: what it was and the whole state. */
export interface Checkpoint {
  /** `step-000200`. */
  readonly id: string;
  readonly meta: CheckpointMeta;
  readonly state: State;
}

/** Where checkpoints are kept. A service: an application may bring its own (an object store, a database). */
export interface CheckpointStore {
  /** Saves durably, then forgets checkpoints beyond those it keeps; on failure the earlier ones are untouched. */
  save(meta: CheckpointMeta, state: State): Promise<string>;
  /** Ids, oldest first. */
  list(): Promise<readonly string[]>;
  /** Throws `GANYMEDE_CHECKPOINT_CORRUPT` saying what differs, `GANYMEDE_UNKNOWN_CHECKPOINT`. */
  load(id: string): Promise<Checkpoint>;
}

/** The id of the checkpoint after `iteration` iterations. */
export const checkpointId = (iteration: number): string => `step-${String(iteration).padStart(6, '0')}`;

/** The error for an id that a store does not hold. */
export const unknownCheckpoint = (id: string, known: readonly string[], where: string): GanymedeError =>
  new GanymedeError('GANYMEDE_UNKNOWN_CHECKPOINT', {
    message: `there is no checkpoint "${id}" in ${where}`,
    hint: `known: ${known.length === 0 ? 'none' : known.join(', ')}`,
    data: { id, known },
  });

/** The newest checkpoint before `id` that loads, or undefined. */
async function goodBefore(store: CheckpointStore, id: string): Promise<Checkpoint | undefined> {
  const ids = await store.list();
  for (const candidate of ids.slice(0, ids.indexOf(id)).reverse()) {
    try {
      return await store.load(candidate);
    } catch (error) {
      if (!GanymedeError.is(error, 'GANYMEDE_CHECKPOINT_CORRUPT')) throw error;
    }
  }
  return undefined;
}

/**
 * Loads a checkpoint: an id, `latest` (undefined where there is none yet), or `previous`: the newest good one before the
 * latest. A spoiled one is refused by name (`GANYMEDE_CHECKPOINT_CORRUPT`) and the good one before it is offered, never taken
 * silently: going back loses work.
 */
export async function loadCheckpoint(
  store: CheckpointStore,
  which = 'latest',
): Promise<Checkpoint | undefined> {
  const latest = (await store.list()).at(-1);
  if (which === 'latest' && latest === undefined) return undefined;
  if (which === 'previous') {
    const previous = latest === undefined ? undefined : await goodBefore(store, latest);
    if (previous === undefined) throw unknownCheckpoint('previous', await store.list(), 'this run');
    return previous;
  }
  const id = which === 'latest' ? (latest as string) : which;
  try {
    return await store.load(id);
  } catch (error) {
    if (!GanymedeError.is(error, 'GANYMEDE_CHECKPOINT_CORRUPT')) throw error;
    const before = await goodBefore(store, id);
    throw new GanymedeError('GANYMEDE_CHECKPOINT_CORRUPT', {
      message: error.message,
      hint:
        before === undefined
          ? 'no earlier checkpoint of this run is good: start it anew'
          : `the one before it is good: resume with { checkpoint: '${before.id}' } (\`--checkpoint ${before.id}\`)`,
      data: { ...error.data, ...(before === undefined ? {} : { previous: before.id }) },
      cause: error,
    });
  }
}
