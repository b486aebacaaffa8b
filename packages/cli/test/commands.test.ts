import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();
const tiny = ['--set', 'width=2', '--set', 'data.count=200', '--batch', '8'];
const numbers = async (file: string) =>
  JSON.parse(await readFile(file, 'utf8')) as { shape: number[]; data: number[] };
const events = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

let trained = { status: -1, stdout: '', stderr: '' };
beforeAll(async () => {
  trained = await runMain(
    'train',
    'dcgan',
    ...tiny,
    '--steps',
    '8',
    '--checkpoint-every',
    '3',
    '--out',
    'run',
  );
});

describe('train', () => {
  it('says what it does on standard error and the run folder on standard output', () => {
    expect(trained.status, trained.stderr).toBe(0);
    expect(trained.stdout).toBe('run\n');
    for (const line of [
      '✓ data     glyphs 28x28x1, 200 generated, 10 classes',
      '✓ run      run',
      '✓ backend  ort · cpu',
      '8/8 · ',
      '✓ trained  8 iterations',
      '✓ samples  run/samples/step-000008.png',
      '✓ curves   run/curves.svg',
      'next: ganymede sample run',
    ]) {
      expect(trained.stderr).toContain(line);
    }
  });

  it('leaves config, events, checkpoints, samples and curves, and nothing else', async () => {
    expect((await readdir('run')).sort()).toEqual([
      'checkpoints',
      'config.json',
      'curves.svg',
      'events.jsonl',
      'samples',
    ]);
    expect((await readdir('run/checkpoints')).filter((name) => name.endsWith('.json'))).toEqual([
      'step-000003.json',
      'step-000006.json',
      'step-000008.json',
    ]);
    const config = JSON.parse(await readFile('run/config.json', 'utf8')) as Record<string, unknown>;
    expect(config).toMatchObject({
      algorithm: { id: '@ganymede/continuous/dcgan', options: { width: 2 } },
      batch: 8,
      seed: 1,
      steps: 8,
      checkpointEvery: 3,
      plugins: [],
    });
  });

  it('gives machines an object per line', async () => {
    const { status, stdout, stderr } = await runMain(
      'train',
      'dcgan',
      ...tiny,
      '--steps',
      '2',
      '--out',
      'json',
      '--json',
    );
    expect(status, stderr).toBe(0);
    expect(events(stdout).map(({ event }) => event)).toEqual([
      'data',
      'run',
      'backend',
      'step',
      'step',
      'trained',
      'samples',
      'curves',
      'result',
    ]);
    expect(events(stdout)[3]).toMatchObject({ iteration: 1, generatorLoss: expect.any(Number) });
    expect(events(stdout).at(-1)).toEqual({ event: 'result', folder: 'json', iteration: 2, status: 'ended' });
    const failed = await runMain('train', 'dcgan', '--stepz', '3', '--json');
    expect(failed.stderr).toBe('');
    expect(events(failed.stdout)).toEqual([expect.objectContaining({ code: 'GANYMEDE_USAGE' })]);
  });

  it('takes what flags leave open from ganymede.config.ts', async () => {
    await writeFile(
      'ganymede.config.ts',
      `import { defineConfig } from '@ganymede/cli';
export default defineConfig({
  algorithm: 'dcgan', steps: 500, batch: 8, seed: 5, checkpointEvery: 1, sampleEvery: 1,
  data: { id: 'glyphs', options: { count: 300, seed: 3 } },
  options: { width: 2, latent: 7 },
});`,
    );
    const { status, stderr, stdout } = await runMain(
      'train',
      '--steps',
      '2',
      '--set',
      'width=3',
      '--set',
      'data.count=100',
      '--out',
      'configured',
      '--quiet',
    );
    expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout: 'configured\n' });
    const config = JSON.parse(await readFile('configured/config.json', 'utf8')) as Record<string, unknown>;
    expect(config).toMatchObject({
      algorithm: { options: { width: 3, latent: 7 } },
      dataset: { source: { options: { count: 100, seed: 3 } } },
      steps: 2,
      seed: 5,
      batch: 8,
    });
    expect((await readdir('configured/samples')).sort()).toEqual(['step-000001.png', 'step-000002.png']);
    await writeFile('ganymede.config.ts', 'export default {};');
  });

  it('learns points and tokens, and shows them', async () => {
    await writeFile('rhymes.txt', Array.from({ length: 40 }, (_, i) => `a ${'bcd'[i % 3]} e f`).join('\n'));
    const seqgan = [
      'embedding=3',
      'hidden=4',
      'pretrain.epochs=1',
      'rollouts=2',
      'adversarialBatches=1',
      'discriminator.embedding=3',
      'discriminator.widths=[1,2]',
      'discriminator.filters=[2,2]',
      'discriminator.samples=16',
      'discriminator.epochs=1',
      'discriminator.pretrainRounds=1',
      'discriminator.rounds=1',
    ].flatMap((text) => ['--set', text]);
    const { status, stderr } = await runMain(
      'train',
      'seqgan',
      '--data',
      'tokens:rhymes.txt',
      '--batch',
      '8',
      ...seqgan,
      '--out',
      'text',
    );
    expect(status, stderr).toBe(0);
    // 5 batches of likelihood, 4 of the discriminator, one policy step and 4 more: its schedule ends by itself.
    expect(stderr).toContain('14/14 · ');
    expect(await readFile('text/samples/step-000014.txt', 'utf8')).toMatch(/^([a-f]( [a-f]){3}\n){64}$/);
  });
});

describe('resume', () => {
  it('goes on from a checkpoint to the same end as without', async () => {
    const whole = await readFile('run/checkpoints/step-000008.safetensors');
    const { status, stderr, stdout } = await runMain('resume', 'run', '--checkpoint', 'step-000003');
    expect(status, stderr).toBe(0);
    expect(stdout).toBe('run\n');
    expect(stderr).toContain('✓ resumed  run at iteration 3');
    expect(stderr).toContain('✓ trained  5 iterations');
    expect(Buffer.compare(whole, await readFile('run/checkpoints/step-000008.safetensors'))).toBe(0);
  });

  it('says that a run is through, and trains it longer', async () => {
    const done = await runMain('resume', 'run');
    expect(done.status, done.stderr).toBe(0);
    expect(done.stderr).toContain('it has done its 8 iterations; train it longer with --steps');
    const longer = await runMain('resume', 'json', '--steps', '3');
    expect(longer.status, longer.stderr).toBe(0);
    expect(longer.stderr).toContain('✓ trained  1 iterations');
  });
});

describe('export and sample', () => {
  it('draws the same samples from run and artifact', async () => {
    const exported = await runMain('export', 'run');
    expect(exported.status, exported.stderr).toBe(0);
    expect(exported.stdout).toMatch(
      /^run\/generator\.onnx {2}verified: max \|Δ\| \S+ on batches 1, 7, 64\n$/,
    );
    expect(existsSync('run/generator.onnx.json')).toBe(true);
    const a = await runMain('sample', 'run', '--count', '5', '--seed', '9', '--out', 'a.json');
    expect(a.stdout).toBe('a.json  5 samples of [1, 28, 28]\n');
    await runMain('sample', 'run/generator.onnx', '--count', '5', '--seed', '9', '--out', 'b.json');
    await runMain('sample', 'run', '--count', '5', '--seed', '10', '--out', 'c.json');
    const [first, second, other] = await Promise.all(['a.json', 'b.json', 'c.json'].map(numbers));
    expect(first?.shape).toEqual([5, 1, 28, 28]);
    const difference = Math.max(...(first?.data ?? []).map((x, i) => Math.abs(x - (second?.data[i] ?? 1e9))));
    expect(difference).toBeLessThan(1e-5);
    expect(other?.data).not.toEqual(first?.data);
  });

  it('writes a picture by default, and the run as it was at a checkpoint', async () => {
    expect((await runMain('sample', 'run')).stdout).toBe('samples.png  16 samples of [1, 28, 28]\n');
    await runMain('sample', 'run', '--count', '2', '--checkpoint', 'step-000003', '--out', 'early.json');
    await runMain('sample', 'run', '--count', '2', '--out', 'late.json');
    expect((await numbers('early.json')).data).not.toEqual((await numbers('late.json')).data);
  });

  it('takes latents of an artifact, and the layout asked for', async () => {
    await runMain('export', 'run', '--out', 'nhwc.onnx', '--layout', 'nhwc');
    await writeFile('z.json', JSON.stringify([Array(100).fill(0.5), Array(100).fill(-0.5)]));
    for (const [model, out] of [
      ['run/generator.onnx', 'd.json'],
      ['nhwc.onnx', 'e.json'],
    ]) {
      const { status, stderr } = await runMain(
        'sample',
        model as string,
        '--latents',
        'z.json',
        '--out',
        out as string,
      );
      expect(status, stderr).toBe(0);
    }
    const [plain, turned] = await Promise.all(['d.json', 'e.json'].map(numbers));
    expect(plain?.shape).toEqual([2, 1, 28, 28]);
    expect(turned).toEqual(plain);
  });
});

describe('evaluate', () => {
  it('measures what fits the data, and keeps the figures with their provenance', async () => {
    const { status, stdout, stderr } = await runMain(
      'evaluate',
      'run',
      '--metric',
      'classes',
      '--count',
      '50',
      '--set',
      'classes.classifier.steps=5',
    );
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(
      /^classEntropy +\S+\nconfidence +\S+\nprovenance +run\/evaluation-000008\.json\n$/,
    );
    const kept = JSON.parse(await readFile('run/evaluation-000008.json', 'utf8')) as {
      measurements: { provenance: object }[];
    };
    expect(kept.measurements[0]?.provenance).toMatchObject({ generatedSamples: 50, seed: 1 });
  });

  it('measures with several metrics at once, with intervals, a path through the generator, and how long each took', async () => {
    const { status, stdout, stderr } = await runMain(
      'evaluate',
      'run',
      '--metric',
      'mmd,sliced-wasserstein',
      '--metric',
      'path-length',
      '--count',
      '40',
      '--set',
      'features="raw"',
      '--out',
      'scores.json',
      '--json',
    );
    expect(status, stderr + stdout).toBe(0);
    const kept = JSON.parse(await readFile('scores.json', 'utf8')) as {
      measurements: {
        name: string;
        value: number;
        interval: { low: number; high: number };
        provenance: object;
      }[];
      seconds: Record<string, number>;
    };
    expect(kept.measurements.map(({ name }) => name)).toEqual(['mmd', 'slicedWasserstein', 'pathLength']);
    for (const { interval, value, provenance } of kept.measurements) {
      expect(interval.low).toBeLessThanOrEqual(value);
      expect(interval.high).toBeGreaterThanOrEqual(value);
      expect(provenance).toMatchObject({ features: 'raw', seed: 1 });
    }
    expect(Object.keys(kept.seconds)).toEqual(['mmd', 'sliced-wasserstein', 'path-length']);
    expect(events(stdout).map(({ event }) => event)).toEqual(['measured', 'measured', 'measured', 'result']);
  });

  it('measures data against data, image by image where asked', async () => {
    const { status, stdout, stderr } = await runMain(
      'evaluate',
      'glyphs',
      '--data',
      'glyphs',
      '--metric',
      'image-pairs',
      '--count',
      '20',
      '--out',
      'pairs.json',
    );
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^psnr +Infinity/);
    expect(stdout).toMatch(/\nssim +1\.0000 +95 %: 1\.0000 to 1\.0000\n/);
    const kept = JSON.parse(await readFile('pairs.json', 'utf8')) as {
      measurements: { name: string; value: number | string }[];
    };
    // JSON has no infinity; Number reads this back.
    expect(kept.measurements.map(({ name, value }) => [name, Number(value)])).toEqual([
      ['psnr', Number.POSITIVE_INFINITY],
      ['ssim', expect.closeTo(1, 6)],
    ]);
    for (const name of ['a', 'b'])
      await runMain('sample', 'run', '--count', '1', '--out', `faces/${name}.png`);
    const sized = ['--set', 'data.size=28', '--set', 'backend.threads=1', '--out', 'sized.json'];
    const mixed = ['evaluate', 'folder:./faces', '--data', 'glyphs', '--metric', 'mmd', '--count', '2'];
    const small = await runMain(
      ...mixed,
      '--set',
      'mmd.features="raw"',
      '--set',
      'data.channels=1',
      ...sized,
    );
    expect(small.status, small.stderr).toBe(0);
    expect(await readFile('sized.json', 'utf8')).toMatch(/"summary": "folder .*28x28x1/);
    const unknown = await runMain(...mixed, '--set', 'data.sise=28');
    expect(unknown.stderr).toContain('unknown option "sise"');
    const own = await runMain('evaluate', 'run', '--set', 'data.size=28');
    expect(own.status).toBe(2);
    expect(own.stderr).toContain('--set data.size: a run is measured on its own backend and data');
    const alone = await runMain('evaluate', 'folder:./faces');
    expect(alone.status).toBe(2);
    expect(alone.stderr).toContain('--data <what>');
    const many = await runMain('evaluate', 'glyphs', '--data', 'glyphs', '--count', '90000000');
    expect(many.stderr).toContain('GANYMEDE_TOO_FEW_SAMPLES');
  });

  it('says what is missing where nothing fits by itself', async () => {
    const { status, stderr } = await runMain('evaluate', 'text');
    expect(status).toBe(2);
    expect(stderr).toContain('GANYMEDE_USAGE: no metric fits by itself');
    const wrong = await runMain('evaluate', 'run', '--metric', 'fid', '--set', 'clases.count=3');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('--set "clases"');
  });
});

describe('the rest', () => {
  it('lists modules, one of them with its options, and backends', async () => {
    const all = await runMain('list');
    for (const word of ['dcgan', 'seqgan', 'glyphs', 'hinge', 'r1', 'adam', 'fid', 'ort']) {
      expect(all.stdout).toContain(`  ${word} `);
    }
    expect((await runMain('list', 'dcgan')).stdout).toMatch(/width +integer > 0 = 64/);
    const { modules } = JSON.parse((await runMain('list', '--json')).stdout) as { modules: { id: string }[] };
    expect(modules.map(({ id }) => id)).toContain('@ganymede/continuous/dcgan');
    const backends = JSON.parse((await runMain('backends', '--json')).stdout) as {
      backends: { id: string; devices: { device: string; usable: boolean; detail: string }[] }[];
    };
    expect(backends.backends.map(({ id }) => id.split('/').at(-1))).toEqual(
      expect.arrayContaining(['ort', 'tfjs-node', 'tfjs-node-gpu', 'web']),
    );
    for (const { devices } of backends.backends) {
      for (const { usable, detail } of devices) expect(detail).toMatch(usable ? /./ : /install|use device/);
    }
    expect(backends.backends[0]?.devices).toContainEqual(
      expect.objectContaining({ device: 'cpu', usable: true }),
    );
  });

  it('shows help and version', async () => {
    for (const flag of ['--help', '-h', 'help']) {
      const { status, stdout } = await runMain(flag);
      expect(status).toBe(0);
      expect(stdout).toContain('Usage: ganymede');
    }
    expect((await runMain('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await runMain('train', '--help')).stdout).toContain('folder:<dir>');
    expect((await runMain()).status).toBe(2);
  });

  it('runs from another working directory, by absolute paths', async () => {
    const here = process.cwd();
    await mkdir('elsewhere');
    process.chdir('elsewhere');
    try {
      expect((await runMain('sample', `${here}/text`, '--count', '2')).stdout).toContain('samples.txt');
      expect((await runMain('resume', '../text')).status).toBe(0);
    } finally {
      process.chdir(here);
    }
  });
});
