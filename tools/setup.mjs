// Installs the dependencies and builds the packages, when anything changed since the last time.
// Plain Node without dependencies: this runs on a fresh clone, before anything is installed.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { command, pnpm, pnpmVersion, root, run } from './toolchain.mjs';

const started = Date.now();
const stampFile = path.join(root, '.cache', 'setup.json');
const lock = path.join(root, '.cache', 'setup.lock');

const requireNode = (major, minor) => {
  const [have, haveMinor] = process.versions.node.split('.').map(Number);
  if (have > major || (have === major && haveMinor >= minor)) return;
  fail(
    `Ganymede needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`,
    'Install one from nodejs.org.',
  );
};

const fail = (message, hint, output = '') => {
  if (output) process.stderr.write(`${output.trimEnd()}\n\n`);
  process.stderr.write(`✗ ${message}\n${hint ? `  ${hint}\n` : ''}`);
  process.exit(1);
};

const list = (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : []);

/** Folders below `parent` that hold a package. */
const packagesIn = (parent) =>
  list(path.join(root, parent))
    .filter((entry) => fs.existsSync(path.join(root, parent, entry.name, 'package.json')))
    .map((entry) => `${parent}/${entry.name}`);

const filesBelow = (folder) =>
  list(path.join(root, folder)).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(file) : [file];
  });

const fingerprint = (files, seed) => {
  const hash = createHash('sha256').update(seed);
  for (const file of files) {
    if (!fs.existsSync(path.join(root, file))) continue;
    hash.update(`\0${file}\0`).update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
};

const packages = packagesIn('packages');

/** What the installed folder and the built packages depend on. */
const fingerprints = () => {
  const members = [...packages, ...packagesIn('examples'), 'benchmarks'];
  const manifests = ['.', ...members].map((folder) => `${folder}/package.json`);
  const install = fingerprint(
    ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests],
    `${process.platform} ${process.arch} ${process.versions.modules}`,
  );
  const sources = packages
    .flatMap((folder) => [
      `${folder}/tsconfig.json`,
      `${folder}/tsup.config.ts`,
      ...filesBelow(`${folder}/src`),
    ])
    .filter((file) => !/\.test(-d)?\.ts$/.test(file));
  return {
    install,
    build: fingerprint(['tsconfig.base.json', 'tsup.shared.ts', 'nx.json', ...sources], install),
  };
};

const readStamp = () => {
  try {
    return JSON.parse(fs.readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
};

const writeStamp = (stamp) => fs.writeFileSync(stampFile, `${JSON.stringify(stamp)}\n`);

const installed = () => fs.existsSync(path.join(root, 'node_modules', '.modules.yaml'));
const built = () => packages.every((folder) => fs.existsSync(path.join(root, folder, 'dist', 'index.js')));

/** One setup at a time: two builds in one tree would write over each other. A lock whose owner is gone counts as free. */
const acquire = () => {
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      process.on('exit', () => fs.rmSync(lock, { force: true }));
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!alive(Number(readLock()))) fs.rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    }
  }
};

const readLock = () => {
  try {
    return fs.readFileSync(lock, 'utf8');
  } catch {
    return '';
  }
};

const alive = (pid) => {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const terminal = process.stdout.isTTY === true;
const progress = (text) => terminal && process.stdout.write(`\r\x1b[K  ${text}`);

const install = () => {
  progress('installing dependencies …');
  const { ok, output } = pnpm(['install', '--frozen-lockfile', '--config.confirm-modules-purge=false']);
  progress('');
  if (ok) return;
  const stale = output.includes('OUTDATED_LOCKFILE');
  fail(
    'pnpm install failed (its output is above).',
    stale ? 'A package.json changed and the lockfile did not: run `npx pnpm install`, then try again.' : '',
    output,
  );
};

const build = () => {
  progress(`building ${packages.length} packages …`);
  const { ok, output } = run(command('nx'), ['run-many', '-t', 'build', '--output-style=static']);
  progress('');
  if (!ok) fail('the build failed (its output is above).', '', output);
};

requireNode(20, 19);
acquire();

const stamp = readStamp();
const now = fingerprints();
if (stamp.install !== now.install || !installed()) {
  install();
  writeStamp({ install: now.install });
}
if (stamp.build !== now.build || !built()) {
  build();
  writeStamp(now);
}

const seconds = (Date.now() - started) / 1000;
const line = `set up (pnpm ${pnpmVersion}, ${packages.length} packages built)`;
const time = seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
process.stdout.write(`${terminal ? '\r\x1b[K' : ''}✓ ${line.padEnd(76)} ${time}\n`);
