import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire, register } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describeMutant, mutantsOf } from './mutants.js';

/**
 * How well the tests of this package watch its mathematics: each loss, divergence, regularizer and augmentation is made wrong in one
 * place at a time (a sign, a factor, a mean over another axis, a constant, real for generated) and the tests are run. Reports the
 * share of mutants that some test catches, and the survivors; report.json keeps the last result of every source.
 *
 * node --conditions=@ganymede/source --import tsx packages/losses/test/mutation/run.ts [path below src, such as hinge or divergences/]
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
register('./hooks.ts', import.meta.url);

/** Checks of what users hand over and of warnings, not mathematics; tables of names. */
const left = /(^|\/)(index|plugin|ranges|raw-logits|loss-input|batch-statistics)\.ts$/;
const wanted = process.argv[2];
const sources = (fs.readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }) as string[])
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.ts') && !/\.(test|test-d|table)\.ts$/.test(name) && !left.test(name))
  .filter((name) => wanted === undefined || name.startsWith(`src/${wanted}`))
  .sort();

/** The test files that are run for a source, most telling first. */
function testsFor(source: string): readonly string[] {
  const own = [source.replace(/\.ts$/, '.test.ts'), source.replace(/([^/]+)\/[^/]+$/, '$1/$1.test.ts')];
  const all = [
    ...own,
    'test/torch.test.ts',
    'src/losses.test.ts',
    'src/consistency.test.ts',
    'src/dragan.test.ts',
    'src/max-gradient-penalty.test.ts',
    'src/gradient-penalty.test.ts',
    'src/r1.test.ts',
    'src/general-form.test.ts',
    'src/bregman/relaxed-wasserstein-1d.test.ts',
    'src/bad-input.test.ts',
  ];
  return [...new Set(all)].filter((name) => fs.existsSync(path.join(root, name)));
}

const { takeTests } = (await import('./runner.js')) as typeof import('./runner.js');

/** The first test that fails with a mutant in place, undefined if none does. */
async function killer(source: string, mutant: string): Promise<string | undefined> {
  for (const test of testsFor(source)) {
    try {
      takeTests();
      await import(`${new URL(`../../${test}`, import.meta.url).href}?mutant=${mutant}`);
    } catch (error) {
      return `${test} does not load: ${String(error).slice(0, 80)}`;
    }
    for (const { name, run } of takeTests()) {
      try {
        await run();
      } catch {
        return `${test}: ${name}`;
      }
    }
  }
  return undefined;
}

const broken = await killer('src/hinge.ts', 'none:0');
if (broken !== undefined) throw new Error(`the tests fail without any mutant: ${broken}`);

interface Entry {
  readonly killed: number;
  readonly total: number;
  readonly survivors: readonly string[];
}
const reportFile = path.join(root, 'test/mutation/report.json');
const report: Record<string, Entry> = fs.existsSync(reportFile)
  ? (JSON.parse(fs.readFileSync(reportFile, 'utf8')) as { sources: Record<string, Entry> }).sources
  : {};

for (const source of sources) {
  const text = fs.readFileSync(path.join(root, source), 'utf8');
  const mutants = mutantsOf(text);
  const survivors: string[] = [];
  for (const [i, mutant] of mutants.entries()) {
    if ((await killer(source, `${source}:${i}`)) === undefined) survivors.push(describeMutant(text, mutant));
  }
  report[source] = { killed: mutants.length - survivors.length, total: mutants.length, survivors };
  console.log(`${source}: ${mutants.length - survivors.length} of ${mutants.length}`);
  for (const survivor of survivors) console.log(`    survived  ${survivor}`);
}
const count = (key: 'killed' | 'total') => Object.values(report).reduce((sum, entry) => sum + entry[key], 0);
const [killed, total] = [count('killed'), count('total')];
console.log(`${killed} of ${total} mutants killed (${((100 * killed) / total).toFixed(1)} %)`);
const summary = { killed, total, sources: Object.fromEntries(Object.entries(report).sort()) };
// Through the formatter, so that the repository's checks have nothing to say about it.
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const formatted = execFileSync(process.execPath, [biome, 'format', '--stdin-file-path', reportFile], {
  input: JSON.stringify(summary, null, 2),
  encoding: 'utf8',
});
fs.writeFileSync(reportFile, formatted);
