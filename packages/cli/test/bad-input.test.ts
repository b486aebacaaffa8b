import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { arrays, glyphs, writeImageGrid } from '@ganymede/data';
import { type Value, value } from '@ganymede/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { badInput } from './bad-input.table.js';
import { runCli } from './run-cli.js';
import { type Ran, runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();

const tiny = ['--set', 'width=2', '--set', 'data.count=64', '--batch', '8'];
/** An IDX file of bytes: magic, big-endian sizes, data. */
const idxFile = (sizes: readonly number[], bytes: number, magic = 0x0800 + sizes.length): Buffer => {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(magic);
  sizes.forEach((size, i) => void header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, Buffer.alloc(bytes, 100)]);
};

beforeAll(async () => {
  await mkdir('empty');
  await mkdir('texts');
  await writeFile('texts/a.txt', 'no image');
  await mkdir('spoiled');
  await writeFile('spoiled/a.png', 'no image either');
  await writeFile('file', 'a file where a folder is wanted');
  await writeFile('short.idx', idxFile([100, 28, 28], 5000));
  await writeFile('magic.idx', idxFile([100, 28, 28], 78400, 0x12345678));
  await writeFile('labels.idx', idxFile([100], 100));
  await writeFile('good.idx', idxFile([100, 28, 28], 78400));
  await writeFile('fewer.idx', idxFile([50], 50));
  await writeFile('notes.onnx', 'this is no ONNX file');
  await writeFile('broken.mjs', 'export default {');
  await writeFile('noplugin.mjs', 'export const x = 1;');
  await writeFile('old.mjs', "export default { name: 'old', apiVersion: 7, modules: [] };");
  await writeFile('wrong.config.ts', 'export default { algorithm: "dcgan", stepz: 3 };');
  await writeFile('latents.json', '[[1, 2], [3]]');
  const run = await runMain(
    'train',
    'dcgan',
    ...tiny,
    '--steps',
    '6',
    '--checkpoint-every',
    '2',
    '--out',
    'run',
    '--quiet',
  );
  expect(run.status, run.stderr).toBe(0);
});

interface Answer {
  readonly status: 1 | 2;
  readonly code: string;
  readonly says: RegExp;
}

/** A clear answer: the code, no stack, the right status. */
function expectAnswer({ status, stderr, stdout }: Ran, row: Answer): void {
  expect(stderr).toContain(`error GANYMEDE_${row.code}`);
  expect(stderr).not.toContain('GANYMEDE_INTERNAL');
  expect(stderr).toMatch(row.says);
  expect(stderr, 'no stack').not.toMatch(/^\s+at .+:\d+:\d+/m);
  expect(stderr, 'what to do next').toMatch(/\n {2}\S/);
  expect(stdout).toBe('');
  expect(status).toBe(row.status);
}

const everything = async (): Promise<readonly string[]> => (await readdir('.', { recursive: true })).sort();

describe('bad input', () => {
  it.each(badInput)('%s: %s', async (_, command, status, code, says) => {
    const before = await everything();
    expectAnswer(await runMain(...command.split(' ')), { status, code, says });
    expect(await everything(), 'nothing is left behind').toEqual(before);
  });

  it('an unreadable data folder', async (ctx) => {
    await mkdir('closed', { mode: 0 });
    const row = { status: 1, code: 'DATA_UNREADABLE', says: /closed/ } as const;
    const args = ['train', 'dcgan', '--steps', '2', '--out', 'new', '--data', 'folder:./closed'];
    // Root reads everything.
    const nobody = process.getuid?.() === 0 ? { uid: 65534 } : {};
    await chmod('.', 0o755);
    const answer = await runCli(args, nobody);
    if (answer.stderr.includes('EACCES') && answer.stderr.includes('bin.ts')) {
      ctx.skip('only root may read these sources, and root reads every folder');
    }
    expectAnswer({ ...answer, status: answer.status ?? -1 }, row);
    await rm('closed', { recursive: true });
  });

  it('images of mixed sizes: a folder fits them, arrays refuse them', async () => {
    const square = (size: number, channels = 1) =>
      value('float32', [1, channels, size, size], new Float32Array(channels * size * size));
    for (const [i, size] of [20, 33, 64, 40].entries())
      await writeImageGrid(`mixed/${i}.png`, square(size, 3));
    const { status, stderr } = await runMain(
      ...['train', 'dcgan', '--data', 'folder:mixed', '--set', 'data.size=28', '--set', 'width=2'],
      ...['--batch', '2', '--steps', '1', '--out', 'mixed-run'],
    );
    expect(status, stderr).toBe(0);
    expect(() => arrays({ images: [square(28), square(32)] })).toThrow(
      expect.objectContaining({ code: 'GANYMEDE_DATA_SHAPE' }),
    );
  });

  it('a training that explodes: stopped with the metric and the last good checkpoint named', async () => {
    const args = [
      'train',
      'dcgan',
      ...tiny,
      '--steps',
      '60',
      '--checkpoint-every',
      '1',
      '--set',
      'rate=1e30',
    ];
    const answer = await runMain(...args, '--out', 'exploded', '--quiet');
    expectAnswer(answer, { status: 1, code: 'NON_FINITE', says: /iteration \d+/ });
    expect(existsSync('exploded/run.lock')).toBe(false);
    const left = await readdir('exploded/checkpoints').catch(() => []);
    expect(left.filter((name) => !/^step-\d+\.(json|safetensors)$/.test(name))).toEqual([]);
  });

  it('NaN in the data', async () => {
    const { images } = await glyphs({ count: 4 }).read([0, 1, 2, 3]);
    (images as Value<'float32'>).data[800] = Number.NaN;
    expect(() => arrays({ images: images as Value })).toThrow(
      expect.objectContaining({
        code: 'GANYMEDE_DATA_NON_FINITE',
        message: expect.stringContaining('example 1 holds NaN'),
      }),
    );
  });
});

describe('a spoiled checkpoint', () => {
  const newest = 'checkpoints/step-000006';
  const spoil = {
    'cut short': (run: string) => truncate(`${run}/${newest}.safetensors`, 1000),
    altered: async (run: string) => {
      const bytes = await readFile(`${run}/${newest}.safetensors`);
      bytes[bytes.length - 9] = (bytes[bytes.length - 9] as number) ^ 1;
      await writeFile(`${run}/${newest}.safetensors`, bytes);
    },
    gone: (run: string) => rm(`${run}/${newest}.safetensors`),
    'with another manifest': async (run: string) => {
      const text = await readFile(`${run}/${newest}.json`, 'utf8');
      writeFileSync(`${run}/${newest}.json`, text.replace('"iteration": 6', '"iteration": 5'));
    },
    'with half a manifest': (run: string) => truncate(`${run}/${newest}.json`, 100),
  };

  it.each(Object.entries(spoil))(
    '%s is refused by name, and the one before it offered',
    async (name, damage) => {
      const run = name.replaceAll(' ', '-');
      await cp('run', run, { recursive: true });
      await damage(run);
      const before = readdirSync(run, { recursive: true }).sort();
      for (const command of ['resume', 'sample', 'export'] as const) {
        const answer = await runMain(command, run);
        expectAnswer(answer, {
          status: 1,
          code: 'CHECKPOINT_CORRUPT',
          says: /"step-000006"[\s\S]*--checkpoint step-000004/,
        });
      }
      expect(readdirSync(run, { recursive: true }).sort(), 'nothing was repaired or lost').toEqual(before);
      const sampled = await runMain('sample', run, '--checkpoint', 'previous', '--out', `${run}.json`);
      expect(sampled.status, sampled.stderr).toBe(0);
      const resumed = await runMain(
        'resume',
        run,
        '--checkpoint',
        name === 'gone' ? 'step-000004' : 'previous',
        '--quiet',
      );
      expect(resumed.status, resumed.stderr).toBe(0);
      const [whole, again] = await Promise.all([tensorsOf('run'), tensorsOf(run)]);
      expect(Buffer.compare(whole, again)).toBe(0);
      expect(existsSync(`${run}/run.lock`)).toBe(false);
    },
  );
});

/** The newest checkpoint's tensors, whatever its file is named. */
async function tensorsOf(run: string): Promise<Buffer> {
  const manifest = JSON.parse(await readFile(`${run}/checkpoints/step-000006.json`, 'utf8')) as {
    tensors: { file: string };
  };
  return readFile(`${run}/checkpoints/${manifest.tensors.file}`);
}
