import { nodeModule } from './node-module.js';
import { GanymedeError } from '@ganymede/tensor';
import {
  type Checkpoint,
  type CheckpointMeta,
  type CheckpointStore,
  checkpointId,
  unknownCheckpoint,
} from './checkpoint.js';
import { decodeSafetensors, safetensorsParts } from './safetensors.js';
import type { State } from './step.js';
import { temporaryPrefix, writeFileDurably, writeError } from './write-file-durably.js';

const { createHash } = nodeModule('node:crypto');
const { access, mkdir, readdir, readFile, rm } = nodeModule('node:fs/promises');
const { join } = nodeModule('node:path');

/** What `step-000200.json` holds. `checksum` is the SHA-256 of the rest, so that an altered manifest is noticed too. */
interface Manifest {
  readonly format: 1;
  readonly tensors: { readonly file: string; readonly bytes: number; readonly sha256: string };
  readonly meta: CheckpointMeta;
}

const sha256 = (parts: readonly (Uint8Array | string)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

const iterationOf = (id: string): number => Number(id.slice('step-'.length));

const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Checkpoints as pairs of files in a folder: `step-000200.safetensors` and, written last, its manifest `step-000200.json`. A
 * checkpoint is there when its manifest is; every file is written under a temporary name, fsynced and renamed, so that a
 * kill at any moment leaves whole checkpoints only. Keeps the last `keep` (default 3), deleting after the new one is durable.
 */
export function fileCheckpointStore(folder: string, { keep = 3 }: { keep?: number } = {}): CheckpointStore {
  const list = async (): Promise<string[]> => {
    const names = await readdir(folder).catch(() => [] as string[]);
    const ids = names.flatMap((name) => /^(step-\d+)\.json$/.exec(name)?.[1] ?? []);
    return ids.sort((a, b) => iterationOf(a) - iterationOf(b));
  };
  const forget = async (id: string): Promise<void> => rm(join(folder, `${id}.json`), { force: true });
  return {
    list,
    load: async (id) => {
      const ids = await list();
      if (!ids.includes(id)) throw unknownCheckpoint(id, ids, `"${folder}"`);
      return loadFiles(folder, id);
    },
    save: async (meta, state) => {
      const id = checkpointId(meta.iteration);
      await mkdir(folder, { recursive: true }).catch((cause) => {
        throw writeError(folder, cause);
      });
      // What a killed process left would otherwise take the name.
      await sweep(folder, await list());
      await saveFiles(folder, id, meta, state);
      const ids = await list();
      // Going back to an earlier checkpoint and on from there ends the other future.
      for (const other of ids) if (iterationOf(other) > meta.iteration) await forget(other);
      const kept = ids.filter((other) => iterationOf(other) <= meta.iteration);
      for (const other of kept.slice(0, -Math.max(keep, 1))) await forget(other);
      await sweep(folder, await list());
      return id;
    },
  };
}

async function saveFiles(folder: string, id: string, meta: CheckpointMeta, state: State): Promise<void> {
  const parts = safetensorsParts(state);
  // A tensor file in use is never overwritten: its manifest would be wrong until the new one is in place.
  let file = `${id}.safetensors`;
  for (let i = 2; await exists(join(folder, file)); i++) file = `${id}-${i}.safetensors`;
  const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const manifest: Manifest = { format: 1, tensors: { file, bytes, sha256: sha256(parts) }, meta };
  const body = JSON.stringify(manifest, null, 2);
  await writeFileDurably(join(folder, file), parts);
  try {
    const whole = { ...manifest, checksum: sha256([body]) };
    await writeFileDurably(join(folder, `${id}.json`), `${JSON.stringify(whole, null, 2)}\n`);
  } catch (error) {
    await rm(join(folder, file), { force: true });
    throw error;
  }
}

/** Removes tensor files that no manifest names, and unfinished files of killed processes. One process writes at a time. */
async function sweep(folder: string, ids: readonly string[]): Promise<void> {
  const used = new Set<string>();
  for (const id of ids) {
    const text = await readFile(join(folder, `${id}.json`), 'utf8').catch(() => '');
    const file = /"file": "([^"]+)"/.exec(text)?.[1];
    used.add(file ?? '');
    // A spoiled manifest names nothing: keep what may have been its tensors.
    if (file === undefined) for (const name of await readdir(folder)) if (name.startsWith(id)) used.add(name);
  }
  for (const name of await readdir(folder)) {
    const orphan = name.endsWith('.safetensors') && !used.has(name);
    if (orphan || name.startsWith(temporaryPrefix)) await rm(join(folder, name), { force: true });
  }
}

async function loadFiles(folder: string, id: string): Promise<Checkpoint> {
  const corrupt = (what: string, cause?: unknown) =>
    new GanymedeError('GANYMEDE_CHECKPOINT_CORRUPT', {
      message: `checkpoint "${id}" in "${folder}" is spoiled: ${what}`,
      data: { id, folder, what },
      ...(cause === undefined ? {} : { cause }),
    });
  const manifest = readManifest(await readFile(join(folder, `${id}.json`), 'utf8'), corrupt);
  const { file, bytes, sha256: expected } = manifest.tensors;
  const content = await readFile(join(folder, file)).catch((cause) => {
    throw corrupt(`its file "${file}" cannot be read`, cause);
  });
  if (content.byteLength !== bytes) {
    throw corrupt(`"${file}" should have ${bytes} bytes, but has ${content.byteLength}`);
  }
  const actual = sha256([content]);
  if (actual !== expected) {
    throw corrupt(
      `the SHA-256 of "${file}" should be ${expected.slice(0, 12)}…, but is ${actual.slice(0, 12)}…`,
    );
  }
  try {
    return { id, meta: manifest.meta, state: decodeSafetensors(content).tensors };
  } catch (cause) {
    throw corrupt(`"${file}" is not a valid safetensors file`, cause);
  }
}

function readManifest(text: string, corrupt: (what: string, cause?: unknown) => GanymedeError): Manifest {
  let parsed: Manifest & { readonly checksum?: string };
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch (cause) {
    throw corrupt('its manifest is not JSON (cut short or altered)', cause);
  }
  if (typeof parsed !== 'object' || parsed === null) throw corrupt('its manifest is not an object');
  const { checksum, ...manifest } = parsed;
  if (checksum !== sha256([JSON.stringify(manifest, null, 2)])) {
    throw corrupt('its manifest does not have the checksum it was written with');
  }
  if (!/^step-[\w.-]+\.safetensors$/.test(manifest.tensors.file)) {
    throw corrupt(`it names the tensor file "${manifest.tensors.file}"`);
  }
  if (manifest.format !== 1) throw corrupt(`its format is ${String(manifest.format)}, expected 1`);
  return manifest;
}
