import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('./large.ts', import.meta.url));

interface Row {
  readonly metric: string;
  readonly peakGB: number;
  readonly values: Readonly<Record<string, number>>;
}

it('50 000 samples of 2048 features stay under 1.5 GB', async () => {
  const flags = ['--conditions=@ganymede/source', '--import', 'tsx'];
  const chosen = 'fid,kid,sliced-wasserstein,precision-recall';
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...flags,
    script,
    '50000',
    chosen,
    'float32',
  ]);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  expect(rows.map(({ metric }) => metric)).toEqual(chosen.split(','));
  for (const { metric, peakGB, values } of rows) {
    expect(peakGB, metric).toBeLessThan(1.5);
    for (const [name, value] of Object.entries(values)) expect(Number.isFinite(value), name).toBe(true);
  }
  // The sets differ by 0.05 in each feature.
  expect(rows[0]?.values.fid).toBeGreaterThan(0.5);
});
