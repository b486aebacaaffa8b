import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';
import { inTemporaryFolder } from './temporary-folder.js';

const folder = inTemporaryFolder();
const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));

/** A user's GAN. Its discriminator has a layer of its own, whose logarithm becomes NaN in the step's fifth call. */
const gan = `import { adversarial, normal } from '@ganymede/continuous';
import { defineGan, definePlugin, type Network } from '@ganymede/core';
import { leastSquares } from '@ganymede/losses';
import { dense, flatten, leakyRelu, reshape, sequential, sgd, tanh } from '@ganymede/nn';
import { log } from '@ganymede/tensor';
import { z } from 'zod';

const aging = (): Network => ({
  name: 'aging',
  buffers: [],
  init: () => ({}),
  apply(_, x, ctx) {
    const age = ctx.scalar('age', (call) => call);
    return log(x.mul(x).sub(age).add(3.5)); // line 14
  },
});

const create = (width: number) => (_: unknown, services: Parameters<typeof adversarial>[1]) =>
  adversarial(
    {
      latent: normal(4),
      generator: sequential(dense(784), reshape([1, 28, 28]), tanh()),
      discriminator: sequential(flatten(), dense(2), tanh(), dense(width), aging(), dense(1)), // line 23
      loss: leastSquares(),
      optimizers: { generator: sgd({ rate: 1e-6 }), discriminator: sgd({ rate: 1e-6 }) },
    },
    services,
  );
const aged = defineGan({ id: '@acme/aged', summary: '-', options: z.strictObject({}), create: create(3) });
const wrong = defineGan({
  id: '@acme/wrong',
  summary: '-',
  options: z.strictObject({}),
  create: (_, services) =>
    adversarial(
      {
        latent: normal(4),
        generator: sequential(
          leakyRelu(0.2),
          dense(784), reshape([3, 28, 28])), // line 40
        discriminator: sequential(flatten(), dense(1)),
        loss: leastSquares(),
        optimizers: { generator: sgd({ rate: 1e-3 }), discriminator: sgd({ rate: 1e-3 }) },
      },
      services,
    ),
});
export default definePlugin({ name: 'acme', apiVersion: 1, modules: [aged, wrong] });
`;

beforeAll(async () => {
  await mkdir('app/node_modules', { recursive: true });
  for (const name of ['@ganymede', 'zod']) await symlink(join(modules, name), `app/node_modules/${name}`);
  await writeFile('app/gan.ts', gan);
});

const ganymede = (...args: string[]) => runCli(args, { cwd: join(folder(), 'app') });
const settings = [
  '--plugin',
  './gan.ts',
  '--set',
  'data.count=16',
  '--batch',
  '4',
  '--steps',
  '9',
  '--quiet',
];

describe('--debug nonfinite', () => {
  it('tells, on resume, what the error without it could not', { timeout: 120_000 }, async () => {
    const first = await ganymede(
      'train',
      '@acme/aged',
      ...settings,
      '--checkpoint-every',
      '2',
      '--out',
      'run',
    );
    expect(first).toMatchObject({ status: 1 });
    expect(first.stderr).toContain('GANYMEDE_NON_FINITE: metric "');
    expect(first.stderr).toContain(
      "in iteration 5\n  resume with `debug: 'nonfinite'` (`--debug nonfinite`)",
    );
    const again = await ganymede('resume', 'run', '--debug', 'nonfinite', '--quiet');
    expect(again).toMatchObject({ status: 1 });
    expect(again.stderr).toMatch(
      /\n {2}it began with Log in discriminator\/aging1 float32\[\d+, 3\]: .* NaN of \d+\n {4}input 1: Add in discriminator\/aging1 float32\[\d+, 3\]: -0\.\d+ to .*, all finite\n/,
    );
    const file = join(folder(), 'app/gan.ts');
    expect(again.stderr).toContain(`\n    at ${file}:14:`);
    expect(again.stderr).toContain(`\n    in a network made at ${file}:23:`);
  });

  it('gives machines the same', { timeout: 60_000 }, async () => {
    const { stdout } = await ganymede('train', '@acme/aged', ...settings, '--debug', 'nonfinite', '--json');
    const error = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect(error).toMatchObject({
      event: 'error',
      code: 'GANYMEDE_NON_FINITE',
      data: {
        iteration: 5,
        origin: {
          tensor: { operator: 'Log', path: 'discriminator/aging1' },
          inputs: [{ operator: 'Add', min: expect.closeTo(-0.5, 1), nan: 0, infinite: 0 }],
        },
      },
    });
  });

  it('knows no other faults', async () => {
    const answer = await ganymede('train', 'dcgan', '--debug', 'slow');
    expect(answer).toMatchObject({ status: 2 });
    expect(answer.stderr).toContain('GANYMEDE_USAGE');
  });
});

it("names the line of the user's file where shapes do not fit", { timeout: 60_000 }, async () => {
  const { status, stderr } = await ganymede('train', '@acme/wrong', ...settings);
  expect(status).toBe(1);
  expect(stderr).toContain('GANYMEDE_SHAPE');
  expect(stderr).toMatch(/in layer (generator\/)?reshape1, made at .*app\/gan\.ts:38:\d+/);
});
