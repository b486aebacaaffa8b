import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './examples.js';

/** Only the packages' own files are read: doc comments need neither zod's types nor the standard library's. */
function parse(files: readonly string[]): ts.Program {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noLib: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) =>
      text.startsWith('.') ? ts.resolveModuleName(text, from, options, host) : { resolvedModule: undefined },
    );
  return ts.createProgram(files, options, host);
}

/** An exported symbol without a usable doc comment. */
export interface Gap {
  readonly file: string;
  readonly name: string;
  readonly problem: string;
}

/** What is wrong with the doc comment of each symbol that a package's `index.ts` exports. */
export function documentationGaps(): Gap[] {
  const indices = fs
    .readdirSync(path.join(root, 'packages'))
    .map((name) => path.join(root, 'packages', name, 'src/index.ts'))
    .filter((file) => fs.existsSync(file));
  const program = parse(indices);
  const checker = program.getTypeChecker();
  const gaps = indices.flatMap((index) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(index) as ts.SourceFile);
    return checker.getExportsOfModule(module as ts.Symbol).flatMap((symbol): Gap[] => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const declaration = target.declarations?.[0];
      // Another package's symbol is checked there; a namespace is documented by what is in it.
      if (declaration === undefined || ts.isSourceFile(declaration)) return [];
      const text = ts.displayPartsToString(target.getDocumentationComment(checker));
      const problem = problemOf(text);
      const { fileName } = declaration.getSourceFile();
      return problem === undefined
        ? []
        : [{ file: path.relative(root, fileName), name: symbol.name, problem }];
    });
  });
  // One symbol may be exported by several packages.
  return [...new Map(gaps.map((gap) => [`${gap.file}:${gap.name}`, gap])).values()];
}

/** The first sentence is what editors and lists show. */
function problemOf(comment: string): string | undefined {
  const text = comment.trim();
  if (text === '') return 'has no doc comment';
  return /[.?!](\s|$)/.test(text)
    ? undefined
    : `has a doc comment without a whole sentence: "${text.slice(0, 60)}"`;
}
