import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * `page.ts` and all it imports as scripts for a browser, by path; siblings from their source, or as they are built. Rejects
 * where something needs a module of Node to be loaded.
 */
export async function bundlePage(siblings: 'source' | 'built' = 'source'): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'page.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: siblings === 'source' ? ['@ganymede/source'] : [],
    outdir: '/',
    write: false,
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, contents }) => [path, contents]));
}
