import path from 'node:path';
import ts from 'typescript';
import { findExamples, root, writeExamples } from './examples.js';

/** The settings of an ordinary strict project. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['@ganymede/source'],
  resolveJsonModule: true,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Type errors of the examples in the documentation, each with its place. Fragments, without imports, are left out. */
export function exampleTypeErrors(): string[] {
  const examples = findExamples().filter(({ code, mode }) => mode !== 'no-run' || /^import /m.test(code));
  const files = writeExamples(examples, path.join(root, '.cache/example-types'));
  const program = ts.createProgram(files, options);
  return files.flatMap((file, i) => {
    const source = program.getSourceFile(file) as ts.SourceFile;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start = 0, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      const message = ts.flattenDiagnosticMessageText(messageText, '\n  ');
      return `${examples[i]?.file}:${(examples[i]?.line ?? 0) + line + 1}: ${message}`;
    });
  });
}
