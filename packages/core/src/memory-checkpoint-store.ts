import { type Checkpoint, type CheckpointStore, checkpointId, unknownCheckpoint } from './checkpoint.js';

/** Checkpoints in memory, for tests and for runs without a folder. Keeps the last `keep` (default 1). */
export function memoryCheckpointStore({ keep = 1 }: { keep?: number } = {}): CheckpointStore {
  const held = new Map<string, Checkpoint>();
  return {
    save: async (meta, state) => {
      const id = checkpointId(meta.iteration);
      for (const [other, { meta: old }] of held) if (old.iteration >= meta.iteration) held.delete(other);
      // A copy: a backend may reuse the memory of values that it returned.
      held.set(id, structuredClone({ id, meta, state }));
      for (const other of [...held.keys()].slice(0, -keep)) held.delete(other);
      return id;
    },
    list: async () => [...held.keys()],
    load: async (id) => {
      const found = held.get(id);
      if (found === undefined) throw unknownCheckpoint(id, [...held.keys()], 'memory');
      return structuredClone(found);
    },
  };
}
