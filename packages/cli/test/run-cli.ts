import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Arguments of `node` that run the command from its sources, wherever the working directory is. */
export const nodeArguments = (args: readonly string[]): string[] => [
  '--conditions=@ganymede/source',
  '--import',
  loader,
  bin,
  ...args,
];

/** What a finished command left. */
export interface Finished {
  /** null where a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs in a process of its own. */
export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when standard output and error together match. */
  said(pattern: RegExp): Promise<string>;
}

/** How a process is started. */
export interface CliOptions {
  readonly cwd?: string;
  /** User to run as; root only. */
  readonly uid?: number;
}

/** Starts `ganymede <args>` in `cwd`. */
export function startCli(args: readonly string[], { cwd = process.cwd(), uid }: CliOptions = {}): Running {
  // Whoever runs the tests may have colours or a CI's settings in the environment.
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: undefined };
  const child = spawn(process.execPath, nodeArguments(args), {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
  });
  const text = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      text[name] += part;
      for (const watcher of watchers) watcher();
    });
  }
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      const stderr = stripVTControlCharacters(text.stderr);
      resolve({ status, signal, stdout: text.stdout, stderr });
    });
  });
  const said = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const all = text.stdout + stripVTControlCharacters(text.stderr);
        if (!pattern.test(all)) return;
        watchers.delete(look);
        resolve(all);
      };
      watchers.add(look);
      look();
      void finished.then(({ stdout, stderr }) => {
        look();
        reject(new Error(`it ended without saying ${pattern}:\n${stdout}\n${stderr}`));
      });
    });
  return { child, finished, said };
}

/** Runs `ganymede <args>` in a process of its own to its end. */
export const runCli = (args: readonly string[], options?: CliOptions): Promise<Finished> =>
  startCli(args, options).finished;
