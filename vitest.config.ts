import fs from 'node:fs';
import process from 'node:process';
import { configDefaults, defineConfig } from 'vitest/config';

const slow = process.env.GANYMEDE_SLOW === '1';
const suffix = slow ? 'slow.test.ts' : 'test.ts';

/** Sibling packages are read from their source, so no build is needed before a test. */
const source = '@ganymede/source';
const conditions = [source, 'module', 'node', 'development|production'];

/** Without a GPU, SwiftShader (it comes with Debian's chromium) serves as a WebGPU device. */
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';
const hasGpu = ['/dev/nvidia0', '/dev/dri/renderD128'].some((device) => fs.existsSync(device));
const vulkan =
  hasGpu || process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES || !fs.existsSync(swiftShader)
    ? {}
    : { VK_ICD_FILENAMES: swiftShader };

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: [source] } },
  test: {
    include: [
      `packages/*/src/**/*.${suffix}`,
      `packages/*/test/**/*.${suffix}`,
      `examples/**/*.${suffix}`,
      `tools/**/*.${suffix}`,
      `benchmarks/**/*.${suffix}`,
    ],
    exclude: [...configDefaults.exclude, 'examples/plugin/**', ...(slow ? [] : ['**/*.slow.test.ts'])],
    typecheck: {
      enabled: !slow,
      include: ['packages/*/{src,test}/**/*.test-d.ts', 'examples/**/*.test-d.ts'],
      tsconfig: './tsconfig.test-d.json',
      // Errors outside the type tests are the business of `check:types`.
      ignoreSourceErrors: true,
    },
    env: vulkan,
    pool: 'forks',
    maxWorkers: 2,
    // Loading every module anew for every file took most of the time; the tests share no state and mock no modules.
    isolate: false,
    testTimeout: slow ? 30 * 60_000 : 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './tools/skip-reporter.ts', 'json'],
    outputFile: { json: slow ? 'reports/vitest-slow.json' : 'reports/vitest.json' },
  },
});
