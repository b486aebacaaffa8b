import { nodeModule } from './node-module.js';
import { GanymedeError } from '@ganymede/tensor';
import type { Dataset } from './dataset.js';
import { writeFileDurably, writeError } from './write-file-durably.js';

const { mkdir, readdir, readFile, stat } = nodeModule('node:fs/promises');
const { join } = nodeModule('node:path');

/** `config.json` of a run's folder: everything to make the run again. */
export interface RunConfig {
  readonly format: 1;
  /** `options` is absent where they are not JSON (functions, modules): a resume must then be given them. */
  readonly algorithm: { readonly id: string; readonly options?: unknown };
  /** `source` is absent where the dataset was made by hand: a resume must then be given it. */
  readonly dataset: {
    readonly summary: string;
    readonly length: number;
    readonly hash: string;
    readonly fields?: Dataset['fields'];
    readonly source?: { readonly id: string; readonly options: unknown };
  };
  readonly backend: { readonly id?: string; readonly options?: unknown; readonly summary: string };
  readonly steps: number | null;
  readonly batch: number;
  readonly seed: number;
  readonly checkpointEvery: number;
  /** Absent in runs of earlier versions, which always shuffled. */
  readonly shuffle?: boolean;
  readonly keep: number;
  /** Packages or paths of the plugins that the command line loaded. */
  readonly plugins: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

/** Where a run keeps what. */
export const runPaths = (folder: string) => ({
  config: join(folder, 'config.json'),
  events: join(folder, 'events.jsonl'),
  checkpoints: join(folder, 'checkpoints'),
});

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Makes the folder where it does not exist. Throws `GANYMEDE_DISK_FULL`, `GANYMEDE_WRITE`. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw writeError(folder, cause);
  });
}

/** Throws `GANYMEDE_RUN_EXISTS` where the folder holds a run. */
export async function refuseExistingRun(folder: string): Promise<void> {
  const { config, checkpoints } = runPaths(folder);
  const left = await readdir(checkpoints).catch(() => [] as string[]);
  if (!(await isThere(config)) && left.length === 0) return;
  throw new GanymedeError('GANYMEDE_RUN_EXISTS', {
    message: `the folder "${folder}" already holds a run`,
    hint: `go on with it (\`ganymede resume ${folder}\`), or choose another folder with \`out\` (\`--out\`)`,
    data: { folder },
  });
}

/** Whether a value survives JSON: only then can a resumed run be given the same. */
export function isJson(x: unknown): boolean {
  if (x === null || typeof x === 'string' || typeof x === 'boolean') return true;
  if (typeof x === 'number') return Number.isFinite(x);
  if (Array.isArray(x)) return x.every(isJson);
  if (typeof x !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(x).every((child) => child === undefined || isJson(child));
}

export const writeRunConfig = (folder: string, config: RunConfig): Promise<void> =>
  writeFileDurably(runPaths(folder).config, `${JSON.stringify(config, null, 2)}\n`);

/** Reads a run's config. Throws `GANYMEDE_NO_RUN` where the folder holds none, `GANYMEDE_RUN_CONFIG` where it is spoiled. */
export async function readRunConfig(folder: string): Promise<RunConfig> {
  const { config } = runPaths(folder);
  const text = await readFile(config, 'utf8').catch((cause) => {
    throw new GanymedeError('GANYMEDE_NO_RUN', {
      message: `the folder "${folder}" holds no run (${(cause as NodeJS.ErrnoException).code}: config.json)`,
      hint: 'name the folder that was given as `out` (`--out`) when the run was started',
      data: { folder },
      cause,
    });
  });
  let parsed: RunConfig;
  try {
    parsed = JSON.parse(text) as RunConfig;
  } catch (cause) {
    throw new GanymedeError('GANYMEDE_RUN_CONFIG', {
      message: `"${config}" is not JSON`,
      hint: 'restore the file; a run cannot be resumed without it',
      cause,
    });
  }
  if (parsed?.format !== 1 || typeof parsed.algorithm?.id !== 'string' || !Number.isInteger(parsed.batch)) {
    throw new GanymedeError('GANYMEDE_RUN_CONFIG', {
      message: `"${config}" is not a run's config of format 1`,
      hint: 'restore the file, or resume with the version of Ganymede that wrote it',
    });
  }
  return parsed;
}
