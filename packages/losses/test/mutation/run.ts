import fs from 'node:fs';
import { register } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describeMutant, mutantsOf } from './mutants.js';

/**
 * How well the tests of this package watch its mathematics: each loss, divergence, regularizer and augmentation is made wrong in one
 * place at a time (a sign, a factor, a mean over another axis, a constant, real for generated) and the tests are run. Reports the
 * share of mutants that some test catches, and the survivors.
 *
 * node --conditions=@ganymede/source --import tsx packages/losses/test/mutation/run.ts [file, such as hinge]
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
register('./hooks.ts', import.meta.url);

/** Checks of what users hand over and of warnings, not mathematics; tables of names. */
const left = /(^|\/)(index|plugin|ranges|raw-logits|loss-input|batch-statistics)\.ts$/;
const wanted = process.argv[2];
const sources = (fs.readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }) as string[])
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.ts') && !/\.(test|test-d|table)\.ts$/.test(name) && !left.test(name))
  .filter((name) => wanted === undefined || name.endsWith(`/${wanted}.ts`))
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
    'src/bregman.test.ts',
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

let [killed, total] = [0, 0];
const report: Record<string, { killed: number; total: number; survivors: string[] }> = {};
for (const source of sources) {
  const text = fs.readFileSync(path.join(root, source), 'utf8');
  const entry = { killed: 0, total: 0, survivors: [] as string[] };
  for (const [i, mutant] of mutantsOf(text).entries()) {
    entry.total++;
    if ((await killer(source, `${source}:${i}`)) === undefined)
      entry.survivors.push(describeMutant(text, mutant));
    else entry.killed++;
  }
  killed += entry.killed;
  total += entry.total;
  report[source] = entry;
  console.log(`${source}: ${entry.killed} of ${entry.total}`);
  for (const survivor of entry.survivors) console.log(`    survived  ${survivor}`);
}
console.log(`${killed} of ${total} mutants killed (${((100 * killed) / total).toFixed(1)} %)`);
if (wanted === undefined) {
  const summary = {
    killed,
    total,
    survivors: Object.fromEntries(Object.entries(report).map(([k, v]) => [k, v.survivors])),
  };
  fs.writeFileSync(path.join(root, 'test/mutation/report.json'), `${JSON.stringify(summary, null, 2)}\n`);
}
