import { expect, it } from 'vitest';
import { runMain } from './run-main.js';
import { inTemporaryFolder } from './temporary-folder.js';

inTemporaryFolder();

it('demonstrates everything once', async () => {
  const { status, stdout, stderr } = await runMain('demo', '--steps', '3', '--out', 'demo');
  expect(status, stderr).toBe(0);
  expect(stdout).toBe('demo\n');
  for (const word of ['✓ trained', '✓ samples', '✓ curves', '✓ quality', '✓ exported demo/generator.onnx']) {
    expect(stderr).toContain(word);
  }
  expect(stderr).toContain('npm run ganymede -- serve demo/generator.onnx');
});
