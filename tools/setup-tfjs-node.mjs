// Installs @tensorflow/tfjs-node over a recent libtensorflow, the one inside the `tensorflow` Python wheel, in place of the
// 2.9.1 that the package's own script downloads. Plain Node without dependencies; needs make, a C++ compiler and Python 3.
//
//   node tools/setup-tfjs-node.mjs [--into .cache/tfjs-node] [--wheel tensorflow-cpu==2.21.0] [--force]
//
// Exits with 0 when tfjs-node is ready, and with 3, having said why, where something that it needs cannot be had.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { root } from './toolchain.mjs';

const { values: flags } = parseArgs({
  options: {
    into: { type: 'string', default: path.join(root, '.cache', 'tfjs-node') },
    wheel: { type: 'string', default: 'tensorflow-cpu==2.21.0' },
    python: { type: 'string', default: process.env.GANYMEDE_PYTHON ?? 'python3' },
    force: { type: 'boolean', default: false },
  },
});

const TFJS = '4.22.0';
const into = path.resolve(flags.into);
const libraries = path.join(into, 'tensorflow');
const stampFile = path.join(into, 'setup.json');
const addon = path.join(into, 'node_modules', '@tensorflow', 'tfjs-node');
const wanted = { tfjs: TFJS, wheel: flags.wheel, platform: `${process.platform} ${process.arch}` };
const started = Date.now();

/** Ends the script: what is missing is no failure of the project, whose tests then skip. */
const giveUp = (what, output = '') => {
  if (output) process.stderr.write(`${output.trimEnd().split('\n').slice(-12).join('\n')}\n`);
  process.stderr.write(`– tfjs-node is not set up: ${what}\n`);
  process.exit(3);
};

const run = (program, args, { cwd = into, env = {} } = {}) => {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32' && program === 'npm',
  });
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}` };
};

const must = (what, result) => result.ok || giveUp(`${what} failed`, result.output);
const has = (program) => run(program, ['--version'], { cwd: root }).ok;

/** In a process of its own, as a library that does not fit may end it. */
const check = () =>
  run(process.execPath, [
    '-e',
    `const util = require('node:util');
     util.isNullOrUndefined ??= (x) => x == null;
     util.isArray ??= Array.isArray;
     const tf = require('@tensorflow/tfjs-node');
     if (tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0] !== 11) throw new Error('wrong product');
     process.stdout.write('version ' + tf.backend().binding.TF_Version + ';');`,
  ]);

const versionIn = ({ ok, output }) => (ok ? /version ([^;]+);/.exec(output)?.[1] : undefined);

/** Fetches the wheel and keeps of it what an addon is linked against: two libraries and the C headers. */
const fetchLibraries = () => {
  const download = fs.mkdtempSync(path.join(os.tmpdir(), 'ganymede-wheel-'));
  try {
    must(
      `pip download ${flags.wheel}`,
      run(flags.python, [
        '-m',
        'pip',
        'download',
        '-q',
        '--no-deps',
        '--only-binary=:all:',
        '-d',
        download,
        flags.wheel,
      ]),
    );
    const wheel = path.join(download, fs.readdirSync(download)[0]);
    const script = `
import sys, zipfile
wheel, folder = sys.argv[1:]
libraries = ('libtensorflow_cc', 'libtensorflow_framework', 'libtensorflow.')
headers = ('tensorflow/c/', 'tensorflow/core/platform/', 'tsl/', 'xla/tsl/')
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        inside = name.partition('/')[2]
        if inside.startswith(libraries) or (inside.startswith('include/') and inside[8:].startswith(headers) and name.endswith('.h')):
            archive.extract(name, folder)`;
    must('unpacking the wheel', run(flags.python, ['-c', script, wheel, into]));
  } finally {
    fs.rmSync(download, { recursive: true, force: true });
  }
};

const library = (name) =>
  ['so.2', '2.dylib']
    .map((ending) => `${name}.${ending}`)
    .find((file) => fs.existsSync(path.join(libraries, file)));

/** Lays the libraries out as the package's build and the addon expect them. */
const link = () => {
  const deps = path.join(addon, 'deps');
  fs.rmSync(deps, { recursive: true, force: true });
  fs.mkdirSync(path.join(deps, 'lib'), { recursive: true });
  fs.symlinkSync(path.join(libraries, 'include'), path.join(deps, 'include'));
  // By their own names for the loader, without a version for the linker, and as 2.9.1, for which the install script looks.
  const place = (file, ...names) => {
    for (const name of new Set([file, ...names]))
      fs.symlinkSync(path.join(libraries, file), path.join(deps, 'lib', name));
  };
  const [whole, framework] = [library('libtensorflow_cc'), library('libtensorflow_framework')];
  if (!whole || !framework) giveUp(`${flags.wheel} holds no libtensorflow_cc and libtensorflow_framework`);
  if (process.platform === 'darwin') {
    place(whole, 'libtensorflow.2.dylib', 'libtensorflow.2.9.1.dylib');
    place(framework, 'libtensorflow_framework.2.9.1.dylib');
  } else {
    place(whole, 'libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow.so.2.9.1');
    place(framework, 'libtensorflow_framework.so', 'libtensorflow_framework.so.2.9.1');
  }
};

/** A folder with `include/node`: Node's own, or that of the npm package of the same version. */
const nodeFolder = () => {
  const own = path.resolve(fs.realpathSync(process.execPath), '..', '..');
  const hasHeaders = (folder) => fs.existsSync(path.join(folder, 'include', 'node', 'node_api.h'));
  if (hasHeaders(own)) return own;
  const name = `node-${process.platform}-${process.arch}`;
  must(
    'fetching the headers of Node',
    run('npm', ['install', '--no-save', ...quiet, `${name}@${process.versions.node}`]),
  );
  return path.join(into, 'node_modules', name);
};

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

if (process.platform === 'win32')
  giveUp('the wheels for Windows have no C library; use the package as npm installs it');
const stamp = fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8') : '';
let version = flags.force || stamp !== JSON.stringify(wanted) ? undefined : versionIn(check());
if (version === undefined) {
  const missing = [flags.python, 'make', 'c++', 'npm'].filter((program) => !has(program));
  if (missing.length > 0) giveUp(`${missing.join(', ')} cannot be found`);
  if (!run(flags.python, ['-m', 'pip', '--version'], { cwd: root }).ok) giveUp(`${flags.python} has no pip`);
  fs.mkdirSync(into, { recursive: true });
  fs.rmSync(stampFile, { force: true });
  if (!fs.existsSync(path.join(into, 'package.json')))
    fs.writeFileSync(path.join(into, 'package.json'), '{ "private": true }\n');
  fetchLibraries();
  if (flags.force || !fs.existsSync(addon))
    must('npm install', run('npm', ['install', ...quiet, `@tensorflow/tfjs-node@${TFJS}`]));
  link();
  const built = run('npm', ['rebuild', '--foreground-scripts', '@tensorflow/tfjs-node'], {
    env: { npm_config_build_from_source: 'true', npm_config_nodedir: nodeFolder() },
  });
  must('building the addon', built);
  const checked = check();
  version = versionIn(checked);
  if (version === undefined) giveUp('the addon was built but does not load', checked.output);
  fs.writeFileSync(stampFile, JSON.stringify(wanted));
}

const seconds = ((Date.now() - started) / 1000).toFixed(1);
process.stdout.write(`✓ tfjs-node ${TFJS} on libtensorflow ${version} in ${into}  ${seconds} s\n`);
