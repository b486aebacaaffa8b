import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { apply, mutantsOf } from './mutants.js';

/**
 * Hooks of Node's module loader. A module of this package whose address ends with `?mutant=<file>:<index>` is loaded anew, with its
 * siblings, and with that mutant where it is the file; everything else is loaded once. `vitest` is runner.ts beside this file.
 */

interface Context {
  readonly parentURL?: string;
}
type Next<T> = (specifier: string, context?: Context) => Promise<T>;

const root = new URL('../../', import.meta.url).href;
const runner = new URL('./runner.ts', import.meta.url).href;

/** Where an import leads. */
export async function resolve(
  specifier: string,
  context: Context,
  next: Next<{ url: string; shortCircuit?: boolean }>,
): Promise<{ url: string; shortCircuit?: boolean }> {
  if (specifier === 'vitest' && context.parentURL !== runner) return { url: runner, shortCircuit: true };
  const query = /\?mutant=.*$/.exec(context.parentURL ?? '')?.[0];
  if (query !== undefined && specifier.startsWith('.')) {
    const url = new URL(specifier, context.parentURL).href.replace(/\.js$/, '.ts');
    return { url: url + query, shortCircuit: true };
  }
  return next(specifier, query === undefined ? context : { ...context, parentURL: `${root}src/index.ts` });
}

/** JavaScript of the modules without mutants. */
const plain = new Map<string, string>();

const compile = (fileName: string, text: string): string =>
  ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    },
    fileName,
  }).outputText;

/** The text of a module. */
export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<object>,
): Promise<object> {
  const [path, mutant] = url.split('?mutant=');
  if (mutant === undefined || path === undefined) return next(url, context);
  const name = fileURLToPath(path);
  const text = fs.readFileSync(name, 'utf8');
  const [file, index] = mutant.split(':');
  const chosen = path === root + file ? mutantsOf(text)[Number(index)] : undefined;
  const source =
    chosen === undefined ? (plain.get(name) ?? compile(name, text)) : compile(name, apply(text, chosen));
  if (chosen === undefined) plain.set(name, source);
  return { format: 'module', source, shortCircuit: true };
}
