import { defineConfig } from 'tsup';

/** The build that every package shares: ESM with types and source maps. Tests are left out, as no entry reaches them. */
export const library = ({ entry = ['src/index.ts'] }: { entry?: string[] } = {}) =>
  defineConfig({
    entry,
    format: 'esm',
    target: 'node20',
    platform: 'node',
    // Siblings are read from their built types, not from source: each package then checks only itself.
    dts: { compilerOptions: { customConditions: [] } },
    skipNodeModulesBundle: true,
    sourcemap: true,
    splitting: true,
    clean: true,
    silent: true,
  });
