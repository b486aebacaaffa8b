import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const run = promisify(execFile);
/** ONNX Runtime's install script would fetch CUDA libraries; its CPU library is in the package. */
const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', NO_COLOR: '1' };
const minutes = 60_000;

let app = '';
/** Set where the packages that Ganymede depends on cannot be installed here. */
let offline: string | undefined;

const npm = (...args: string[]) =>
  run('npm', [...args, '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], { cwd: app, env });
const ganymede = async (...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> =>
  run(process.execPath, [join(app, 'node_modules/@ganymede/cli/dist/bin.js'), ...args], {
    cwd: app,
    env,
  }).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      status: code,
      stdout,
      stderr,
    }),
  );

async function packEveryPackage(destination: string): Promise<string[]> {
  const packages = await readdir(join(root, 'packages'));
  await Promise.all(
    packages.map((name) =>
      run(
        process.execPath,
        [join(root, 'node_modules/pnpm/bin/pnpm.cjs'), 'pack', '--pack-destination', destination],
        {
          cwd: join(root, 'packages', name),
          env,
        },
      ),
    ),
  );
  return (await readdir(destination)).map((file) => join(destination, file));
}

/** Arguments, the code of the answer, and what it must name. */
const mistakes: readonly (readonly [readonly string[], string, string])[] = [
  [['train', '@acme/tiny', '--plugin', '@acme/ganymede-tiny', '--set', 'rat=1'], 'GANYMEDE_OPTION', 'rate'],
  [['train', '@acme/tny', '--plugin', '@acme/ganymede-tiny'], 'GANYMEDE_UNKNOWN_ALGORITHM', '@acme/tiny'],
  [['train', '@acme/tiny'], 'GANYMEDE_UNKNOWN_ALGORITHM', 'dcgan'],
  [['train', '@acme/tiny', '--plugin', '@acme/nothing'], 'GANYMEDE_UNKNOWN_PLUGIN', 'npm i @acme/nothing'],
  [
    ['train', '@acme/tiny', '--plugin', '@acme/ganymede-tiny', '--plugin', './again.mjs'],
    'GANYMEDE_DUPLICATE_ID',
    '@acme/tiny',
  ],
  [
    ['train', '@acme/tiny', '--plugin', '@acme/ganymede-tiny', '--steps', '1', '--backend', 'nope'],
    'GANYMEDE_UNKNOWN_BACKEND',
    'ort',
  ],
];

beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'ganymede-plugin-'));
  await mkdir(join(app, 'tarballs'));
  const tarballs = await packEveryPackage(join(app, 'tarballs'));
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));
  try {
    await npm(
      'install',
      'typescript@5.9.3',
      '@types/node@20',
      'zod@4',
      ...tarballs.filter((file) => !file.includes('testing')),
    );
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    if (!/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED/.test(stderr)) throw error;
    offline = 'the npm registry cannot be reached, so the packed packages cannot be installed';
    return;
  }
  await cp(join(root, 'examples/plugin'), join(app, 'plugin'), { recursive: true });
  await run(process.execPath, [join(app, 'node_modules/typescript/bin/tsc'), '-p', 'plugin/tsconfig.json'], {
    cwd: app,
    env,
  });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', app], {
    cwd: join(app, 'plugin'),
    env,
  });
  await rm(join(app, 'plugin'), { recursive: true });
  await npm('install', join(app, 'acme-ganymede-tiny-1.0.0.tgz'));
  await writeFile(
    join(app, 'again.mjs'),
    `import { definePlugin } from '@ganymede/core';
     import { tiny } from '@acme/ganymede-tiny';
     export default definePlugin({ name: '@acme/again', apiVersion: 1, modules: [tiny] });`,
  );
}, 6 * minutes);

afterAll(() => rm(app, { recursive: true, force: true }));

describe('a plugin installed from tarballs into an empty folder', () => {
  it('trains through the command, samples and exports', { timeout: 3 * minutes }, async (ctx) => {
    if (offline) ctx.skip(offline);
    const args = [
      '--plugin',
      '@acme/ganymede-tiny',
      '--set',
      'data.count=64',
      '--batch',
      '8',
      '--out',
      'run',
    ];
    const trained = await ganymede('train', '@acme/tiny', '--steps', '4', ...args);
    expect(trained, trained.stderr).toMatchObject({ status: 0 });
    expect(await readdir(join(app, 'run/checkpoints'))).toContain('step-000004.json');
    expect((await readFile(join(app, 'run/samples/step-000004.png'))).subarray(1, 4).toString()).toBe('PNG');
    const exported = await ganymede('export', 'run', '--plugin', '@acme/ganymede-tiny', '--out', 'tiny.onnx');
    expect(exported, exported.stderr).toMatchObject({ status: 0 });
    expect((await readFile(join(app, 'tiny.onnx'))).length).toBeGreaterThan(1000);
  });

  it('shows in the list beside the built-in modules', { timeout: minutes }, async (ctx) => {
    if (offline) ctx.skip(offline);
    const { stdout } = await ganymede('list', '--plugin', '@acme/ganymede-tiny');
    expect(stdout).toContain('@acme/tiny');
    expect(stdout).toContain('@acme/smooth-hinge');
    expect(stdout).toContain('dcgan');
  });

  for (const [args, code, says] of mistakes) {
    it(`answers a mistake: ${args.join(' ')}`, { timeout: minutes }, async (ctx) => {
      if (offline) ctx.skip(offline);
      const answer = await ganymede(...args);
      expect(answer.stderr).toContain(code);
      expect(answer.stderr).toContain(says);
      expect(answer.status).toBe(2);
    });
  }

  it('has its ids and options completed and checked by TypeScript', { timeout: 2 * minutes }, async (ctx) => {
    if (offline) ctx.skip(offline);
    await writeFile(
      join(app, 'types.ts'),
      `import { createGanymede } from '@ganymede/core';
       import { ort } from '@ganymede/backend-ort';
       import { continuous } from '@ganymede/continuous';
       import acme from '@acme/ganymede-tiny';
       const ganymede = createGanymede({ plugins: [ort, continuous, acme] });
       ganymede.create('@acme/smooth-hinge', { margin: 2 });
       // @ts-expect-error the margin is a number
       ganymede.create('@acme/smooth-hinge', { margin: 'wide' });
       // @ts-expect-error no such module
       ganymede.create('@acme/smoth-hinge', {});
       export type Id = Parameters<typeof ganymede.create>[0];
       const ids: Id[] = ['@acme/tiny', '@acme/smooth-hinge', 'dcgan', '@ganymede/continuous/dcgan', 'ort'];
       void ids;`,
    );
    const flags = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    const tsc = run(process.execPath, [join(app, 'node_modules/typescript/bin/tsc'), ...flags, 'types.ts'], {
      cwd: app,
      env,
    });
    await expect(
      tsc.then(
        ({ stdout }) => stdout,
        (error: { stdout: string }) => error.stdout,
      ),
    ).resolves.toBe('');
  });
});
