import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/**
 * What the inference of `createGanymede({ plugins: [...] })` costs the compiler. Instantiation counts are the same on every machine,
 * seconds are not. Run it to see the figures: `node --import tsx tools/typecost.ts`.
 */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { config } = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), ts.sys.readFile) as {
  config: { compilerOptions: object };
};
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);

/** Modules of each generated plugin: a loss, an optimizer and an algorithm. */
const modulesPerPlugin = 3;

/** A program with `count` plugins, its result used as programs do: an id looked up, a module created, a run started. */
function sourceWith(count: number): string {
  const plugins = Array.from(
    { length: count },
    (_, i) => `
const loss${i} = defineLoss({
  id: '@acme/p${i}/loss', summary: '', options: z.strictObject({ a${i}: z.number().default(1) }),
  create: () => ({ discriminator: (real, fake) => real.sub(fake).mean(), generator: (fake) => fake.mean() }),
});
const optimizer${i} = defineOptimizer({
  id: '@acme/p${i}/optimizer', summary: '', options: z.strictObject({ rate${i}: z.number().default(1) }),
  create: () => optimizer,
});
const gan${i} = defineGan({
  id: '@acme/p${i}/gan', summary: '', options: z.strictObject({ width${i}: z.number().default(1) }),
  create: () => algorithm,
});
const plugin${i} = definePlugin({ name: '@acme/p${i}', apiVersion: 1, modules: [loss${i}, optimizer${i}, gan${i}] });`,
  );
  const last = count - 1;
  return `
import { createGanymede, defineGan, defineLoss, defineOptimizer, definePlugin } from './index.js';
import type { Algorithm, Dataset, Optimizer } from './index.js';
import { z } from 'zod';
declare const optimizer: Optimizer;
declare const algorithm: Algorithm;
declare const data: Dataset;
${plugins.join('\n')}
export const ganymede = createGanymede({ plugins: [${plugins.map((_, i) => `plugin${i}`).join(', ')}] });
export const module = ganymede.module('@acme/p${last}/loss');
export const made = ganymede.create('@acme/p${last}/loss', { a${last}: 2 });
export const run = ganymede.train('@acme/p${last}/gan', { data, steps: 1, options: { width${last}: 2 } });
// @ts-expect-error no plugin has this id
ganymede.module('@acme/nothing');
`;
}

/** A compiler host that knows `file` as the source set last and reads every other file once. */
function createHost(file: string) {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const seen = new Map<string, ts.SourceFile | undefined>();
  let generated = ts.createSourceFile(file, '', ts.ScriptTarget.ES2023);
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    if (name === file) return generated;
    if (!seen.has(name)) seen.set(name, getSourceFile(name, ...rest));
    return seen.get(name);
  };
  const set = (text: string): ts.SourceFile => {
    generated = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023);
    return generated;
  };
  return { host, set };
}

/** The cost of so many plugins. */
export interface TypeCost {
  readonly plugins: number;
  readonly modules: number;
  readonly instantiations: number;
}

/** Type instantiations for checking programs of so many plugins. Throws where such a program has type errors. */
export function typeCosts(counts: readonly number[]): TypeCost[] {
  // Beside core's sources, where zod is found.
  const file = path.join(root, 'packages/core/src/generated-type-cost.ts');
  const { host, set } = createHost(file);
  return counts.map((plugins) => {
    const source = set(sourceWith(plugins));
    const program = ts.createProgram([file], options, host);
    const [problem] = program.getSemanticDiagnostics(source);
    if (problem !== undefined) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
    const instantiations = program.getInstantiationCount();
    return { plugins, modules: plugins * modulesPerPlugin, instantiations };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(typeCosts([10, 50, 100]));
