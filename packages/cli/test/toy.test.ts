import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();
const tiny = ['--set', 'width=8', '--set', 'data.count=600', '--batch', '16', '--steps', '4'];
let trained = { status: -1, stdout: '', stderr: '' };
beforeAll(async () => {
  trained = await runMain(
    'train',
    'toy',
    '--world',
    'two-moons',
    '--loss',
    'sn-hinge',
    ...tiny,
    '--out',
    'run',
  );
});

describe('train toy', () => {
  it('leaves a picture of the critic beside what every run leaves', async () => {
    expect(trained.status, trained.stderr).toBe(0);
    expect(trained.stderr).toContain('✓ data     world two-moons (wgan-gp), 600 points');
    expect(trained.stderr).toContain('✓ critic   run/critic.svg');
    expect((await readdir('run')).sort()).toEqual([
      'checkpoints',
      'config.json',
      'critic.svg',
      'curves.svg',
      'events.jsonl',
      'samples',
    ]);
    const svg = await readFile('run/critic.svg', 'utf8');
    expect(svg).toContain('sn-hinge on world two-moons, 4 iterations, seed 1');
    expect(svg.length).toBeLessThan(100_000);
    const config = JSON.parse(await readFile('run/config.json', 'utf8')) as Record<string, never>;
    expect(config).toMatchObject({
      steps: 4,
      batch: 16,
      algorithm: { options: { loss: 'sn-hinge', decay: 4, width: 8 } },
      dataset: { source: { id: '@ganymede/data/world', options: { name: 'two-moons' } } },
      backend: { options: { threads: 1 } },
    });
  });

  it('is a run like any other: sampled and exported', async () => {
    expect((await runMain('sample', 'run', '--count', '5', '--out', 'a.json')).status).toBe(0);
    expect((await runMain('export', 'run', '--out', 'g.onnx')).status).toBe(0);
    expect((await runMain('sample', 'g.onnx', '--count', '5', '--out', 'b.json')).status).toBe(0);
    const numbers = async (file: string) =>
      (JSON.parse(await readFile(file, 'utf8')) as { data: number[] }).data;
    const [a, b] = [await numbers('a.json'), await numbers('b.json')];
    expect(a).toHaveLength(10);
    for (const [i, x] of a.entries()) expect(b[i]).toBeCloseTo(x, 5);
  });

  it('is measured by its distance from the data, where there are no modes to count', async () => {
    const { status, stdout, stderr } = await runMain('evaluate', 'run', '--count', '200', '--out', 'w.json');
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^w1 +\S+\nw1OfData +\S+\nprovenance +w\.json\n$/);
    const more = await runMain(
      'evaluate',
      'run',
      '--metric',
      'histogram-divergences',
      '--json',
      '--out',
      'h.json',
    );
    expect(more.status, more.stderr).toBe(0);
    const kept = JSON.parse(await readFile('h.json', 'utf8')) as { measurements: { name: string }[] };
    expect(kept.measurements.map(({ name }) => name)).toEqual(['js', 'tv', 'kl', 'reverseKl']);
  });

  it('draws its critic anew when it is resumed', async () => {
    const resumed = await runMain('resume', 'run', '--steps', '6');
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(await readFile('run/critic.svg', 'utf8')).toContain('6 iterations');
  });

  it.each([
    [['--world', 'rings'], 'GANYMEDE_DATA_SPEC', 'did you mean "ring"?'],
    [['--world', 'ring', '--data', 'glyphs'], 'GANYMEDE_USAGE', 'give one of the two'],
    [['--loss', 'wgan'], 'GANYMEDE_OPTION', 'wgan-gp'],
    [['--data', 'glyphs'], 'GANYMEDE_DATA_FIELD', 'world:ring'],
    [['--set', 'data.count=0'], 'GANYMEDE_OPTION', 'count'],
    [['--set', 'data.count=4', '--batch', '8'], 'GANYMEDE_BATCH_TOO_LARGE', '4'],
  ])('refuses %j', async (flags, code, says) => {
    const { status, stderr } = await runMain('train', 'toy', ...flags, '--steps', '2', '--out', 'new');
    expect(status).not.toBe(0);
    expect(stderr).toContain(code);
    expect(stderr).toContain(says);
  });

  it('modes are not counted of a world without centres', async () => {
    const { status, stderr } = await runMain('evaluate', 'run', '--metric', 'modes');
    expect(status).toBe(1);
    expect(stderr).toContain('GANYMEDE_NO_MODES');
  });
});
