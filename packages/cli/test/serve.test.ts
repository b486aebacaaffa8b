import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCli } from './run-cli.js';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();

beforeAll(async () => {
  const tiny = ['--set', 'width=2', '--set', 'data.count=64', '--batch', '8', '--steps', '2'];
  const trained = await runMain('train', 'dcgan', ...tiny, '--out', 'run', '--quiet');
  expect(trained.status, trained.stderr).toBe(0);
  const exported = await runMain('export', 'run', '--out', 'faces.onnx');
  expect(exported.status, exported.stderr).toBe(0);
});

describe('serve', () => {
  it('answers with the samples of `sample` for the same latents, and ends by a signal', async () => {
    const latents = [0.1, -0.7].map((x) => Array.from({ length: 100 }, (_, i) => x * Math.cos(i)));
    await writeFile('z.json', JSON.stringify(latents));
    const sampled = await runMain('sample', 'faces.onnx', '--latents', 'z.json', '--out', 'z-samples.json');
    expect(sampled.status, sampled.stderr).toBe(0);
    const wanted = JSON.parse(await readFile('z-samples.json', 'utf8')) as { data: number[] };

    const { child, said, finished } = startCli(['serve', 'faces.onnx', '--port', '0', '--workers', '1']);
    const [, address] = /serving faces at (http\S+)/.exec(await said(/serving faces at http\S+\n/)) ?? [];
    const ready = await fetch(`${address}/v2/health/ready`);
    expect(ready.status).toBe(200);
    const answer = await fetch(`${address}/v2/models/faces/infer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        inputs: [{ name: 'latent', datatype: 'FP32', shape: [2, 100], data: latents.flat() }],
      }),
    });
    const { outputs } = (await answer.json()) as {
      outputs: { name: string; shape: number[]; data: number[] }[];
    };
    expect(outputs[0]).toMatchObject({ name: 'images', shape: [2, 1, 28, 28] });
    expect(outputs[0]?.data.length).toBe(wanted.data.length);
    expect(Math.max(...wanted.data.map((x, i) => Math.abs(x - (outputs[0]?.data[i] ?? 9))))).toBeLessThan(
      1e-6,
    );
    const grid = await fetch(`${address}/v2/models/faces/image?seed=7&count=4`);
    expect(grid.headers.get('content-type')).toBe('image/png');

    child.kill('SIGINT');
    const { status, stderr } = await finished;
    expect(status, stderr).toBe(0);
    await expect(fetch(`${address}/v2/health/live`)).rejects.toThrow();
  });

  it('refuses a port that is taken', async () => {
    const { said, child, finished } = startCli(['serve', 'faces.onnx', '--port', '0', '--json']);
    const line = await said(/"address":"http:\S+"/);
    const { port } = new URL((JSON.parse(line) as { address: string }).address);
    const second = await runMain('serve', 'faces.onnx', '--port', port);
    expect(second.status).toBe(1);
    expect(second.stderr).toContain('error GANYMEDE_LISTEN: cannot listen on 127.0.0.1:');
    child.kill('SIGTERM');
    expect((await finished).status).toBe(0);
  });
});
