import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** What the plain-Node scripts share: where the repository is, and how to start pnpm and the locally installed tools. */

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const pnpmVersion = JSON.parse(
  fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
).packageManager.slice('pnpm@'.length);

const windows = process.platform === 'win32';

/**
 * The installed commands. Nx drops every PATH entry that starts with `<root>/node_modules` before it runs a script with
 * pnpm, and then finds no pnpm where none is installed globally; hence this spelling.
 */
const bin = [root, 'tools', '..', 'node_modules', '.bin'].join(path.sep);

/** The environment for child processes: the installed commands first, no daemon, nothing that asks or downloads. */
export const environment = () => ({
  ...process.env,
  PATH: [bin, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  ONNXRUNTIME_NODE_INSTALL: 'skip',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
});

/** The file of an installed command. */
export const command = (name) => path.join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);

/** Runs a program to its end. With `show` its output goes to the terminal, else it is returned. */
export const run = (program, args, { show = false, cwd = root, env = environment() } = {}) => {
  const shell = windows && program !== process.execPath;
  const result = spawnSync(program, args, {
    cwd,
    env,
    shell,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
  });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? `${result.error.message}\n` : ''}`;
  return { ok: result.status === 0, output };
};

/** The pinned pnpm: the one that started us, the installed one, or one that npm fetches. */
export const pnpm = (args, options) => {
  const caller = process.env.npm_execpath;
  const byPnpm = process.env.npm_config_user_agent?.startsWith(`pnpm/${pnpmVersion} `);
  if (byPnpm && caller && /\.[cm]?js$/.test(caller)) return run(process.execPath, [caller, ...args], options);

  const local = path.join(root, 'node_modules', 'pnpm');
  const manifest = path.join(local, 'package.json');
  if (fs.existsSync(manifest) && JSON.parse(fs.readFileSync(manifest, 'utf8')).version === pnpmVersion)
    return run(process.execPath, [path.join(local, 'bin', 'pnpm.cjs'), ...args], options);

  // From a folder outside the repository, so that npm does not read this workspace as one of its own.
  const exec = ['exec', '--yes', `--package=pnpm@${pnpmVersion}`, '--', 'pnpm', '--dir', root, ...args];
  const byNpm = caller && path.basename(caller) === 'npm-cli.js';
  const program = byNpm ? [process.execPath, caller] : ['npm'];
  return run(program[0], [...program.slice(1), ...exec], { ...options, cwd: os.tmpdir(), env: withoutNpm() });
};

/** npm hands its own settings to children through variables; pnpm would read them as its settings. */
const withoutNpm = () =>
  Object.fromEntries(
    Object.entries(environment()).filter(
      ([name]) => !/^npm_(package|lifecycle|command|config_(local_prefix|user_agent))/i.test(name),
    ),
  );
