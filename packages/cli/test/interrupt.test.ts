import { execFile, spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import process from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { nodeArguments, startCli } from './run-cli.js';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();
/** Runs a command on a pseudo-terminal; comes with util-linux. */
const terminal = 'script';
const tiny = ['--set', 'width=4', '--set', 'data.count=200', '--batch', '16'];

describe('Ctrl-C', () => {
  it('checkpoints, exits 0 and says how to go on; resume goes on', async () => {
    const out = 'stopped';
    const { child, said, finished } = startCli(['train', 'dcgan', ...tiny, '--steps', '400', '--out', out]);
    await said(/20\/400/);
    child.kill('SIGINT');
    const { status, stderr, stdout } = await finished;
    expect(status, stderr).toBe(0);
    expect(stdout).toBe(`${out}\n`);
    const [, at] = /✓ stopped {2}at iteration (\d+)\n/.exec(stderr) ?? [];
    const iteration = Number(at);
    expect(iteration).toBeGreaterThanOrEqual(20);
    expect(iteration).toBeLessThan(400);
    expect(stderr).toContain(`go on with: ganymede resume ${out}`);
    expect((await readdir(out)).sort()).toEqual([
      'checkpoints',
      'config.json',
      'curves.svg',
      'events.jsonl',
      'samples',
    ]);
    const resumed = await runMain('resume', out, '--steps', String(iteration + 3));
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(resumed.stderr).toContain(`at iteration ${iteration}\n`);
    expect(resumed.stderr).toContain('✓ trained  3 iterations');
  });

  it('ends at once at the second one, and the run can still be resumed', async () => {
    const { child, said, finished } = startCli([
      ...['train', 'dcgan', ...tiny, '--steps', '400', '--checkpoint-every', '10', '--out', 'twice'],
    ]);
    await said(/20\/400/);
    child.kill('SIGINT');
    child.kill('SIGTERM');
    const { status } = await finished;
    expect([0, 130], 'it may have been quicker than the second one').toContain(status);
    const newest = (await readdir('twice/checkpoints')).sort().at(-1) ?? '';
    const iteration = Number(/step-(\d+)/.exec(newest)?.[1]);
    expect(iteration).toBeGreaterThanOrEqual(20);
    const resumed = await runMain('resume', 'twice', '--steps', String(iteration + 2), '--quiet');
    expect(resumed).toEqual({ status: 0, stdout: 'twice\n', stderr: '' });
  });
});

describe('a reader that leaves', () => {
  it('is no error', async () => {
    const command = [process.execPath, ...nodeArguments(['list', 'seqgan', '--json'])]
      .map((x) => `'${x}'`)
      .join(' ');
    const { stderr } = await promisify(execFile)('sh', ['-c', `${command} | true`]);
    expect(stderr).toBe('');
  });
});

describe('a terminal', () => {
  it('gets a progress bar with losses, speed and time left', async (ctx) => {
    if (spawnSync(terminal, ['--version']).status !== 0)
      ctx.skip('the program `script` is missing: no terminal to be had');
    const args = nodeArguments(['train', 'dcgan', ...tiny, '--steps', '200', '--out', 'terminal']);
    const command = [process.execPath, ...args].map((x) => `'${x}'`).join(' ');
    const script = ['-qec', `stty cols 90; ${command}`, 'typescript'];
    const { status, stdout } = spawnSync(terminal, script, { encoding: 'utf8' });
    expect(status, stdout).toBe(0);
    const screen = await readFile('typescript', 'utf8');
    expect(screen).toMatch(/training ━*╌* \d+\/200 · \d+(\.\d)? it\/s · \d+s left · D \d\.\d+ {2}G \d\.\d+/);
    expect(screen).toContain('200/200');
    // Hidden while the bar moves, and shown again.
    expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'));
  });
});
