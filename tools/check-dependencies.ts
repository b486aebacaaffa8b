import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * Dependencies between packages point one way; core knows no package by name. This reads every package.json and every
 * import in `src` and says which line breaks the order, and checks a few rules that no linter has.
 */

/** Which packages of Ganymede each package may use at run time. A trailing `*` stands for any ending. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  tensor: [],
  core: ['tensor'],
  nn: ['core', 'tensor'],
  losses: ['core', 'tensor'],
  data: ['core', 'tensor'],
  metrics: ['core', 'tensor', 'nn'],
  continuous: ['core', 'tensor', 'nn', 'losses', 'data', 'metrics'],
  discrete: ['core', 'tensor', 'nn', 'losses', 'data', 'metrics'],
  games: ['core', 'tensor', 'nn', 'losses', 'data', 'metrics'],
  'ort-session': ['core', 'tensor'],
  'backend-*': ['core', 'tensor', 'ort-session'],
  'backend-tfjs-node-gpu': ['core', 'tensor', 'backend-tfjs-node'],
  serving: ['core', 'tensor', 'data', 'backend-ort'],
  testing: ['core', 'tensor', 'nn', 'losses', 'data'],
  cli: ['*'],
};

const scope = '@ganymede/';
const bannedNames = new Set(['utils', 'util', 'common', 'misc', 'helpers', 'helper']);

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface SourceFile {
  /** Path below the package's folder, with `/`: `src/conv/kernel.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Package {
  /** The name without the scope: `backend-ort`. */
  readonly name: string;
  readonly manifest: Manifest;
  readonly files: readonly SourceFile[];
}

const matches = (pattern: string, name: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

const ruleFor = (name: string): readonly string[] | undefined =>
  allowed[name] ?? Object.entries(allowed).find(([pattern]) => matches(pattern, name))?.[1];

const isTest = (file: string) => /\.(test|test-d|table|bench)\.ts$/.test(file) || !file.startsWith('src/');

/** The text with comments blanked, so that an example in a doc comment is not an import. Line numbers stay. */
const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));

const importPattern =
  /^[ \t]*(?:import|export)\b[^'";]*?\bfrom\s*(['"])([^'"\n]+)\1|^[ \t]*import\s*(['"])([^'"\n]+)\3|\bimport\s*\(\s*(['"])([^'"\n]+)\5\s*[,)]/gm;

/** The module names that a file imports, each with its line. */
export const importsOf = (text: string): { specifier: string; line: number }[] => {
  const code = withoutComments(text);
  return [...code.matchAll(importPattern)].map((match) => ({
    specifier: match[2] ?? match[4] ?? match[6] ?? '',
    line: code.slice(0, (match.index ?? 0) + match[0].length).split('\n').length,
  }));
};

/** `@scope/name/deep` -> `@scope/name`; undefined for relative paths and for Node's own modules. */
const packageOf = (specifier: string): string | undefined => {
  if (/^(\.|node:|#|\/)/.test(specifier)) return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
};

const runtimeDependencies = ({ dependencies, peerDependencies, optionalDependencies }: Manifest) =>
  Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });

const checkManifest = (name: string, manifest: Manifest, rule: readonly string[]): string[] =>
  runtimeDependencies(manifest)
    .filter((dependency) => dependency.startsWith(scope))
    .map((dependency) => dependency.slice(scope.length))
    .filter((dependency) => !rule.some((pattern) => matches(pattern, dependency)))
    .map((dependency) => `packages/${name}/package.json: ${name} may not depend on ${dependency}`);

const checkImports = ({ name, manifest }: Package, file: SourceFile, rule: readonly string[]): string[] => {
  const declared = new Set(runtimeDependencies(manifest));
  return importsOf(file.text).flatMap(({ specifier, line }) => {
    const where = `packages/${name}/${file.path}:${line}`;
    const imported = packageOf(specifier);
    if (imported === undefined) return checkRelative(where, file.path, specifier);
    if (imported === 'inversify' && name !== 'core') return [`${where}: only core imports inversify`];
    if (imported === manifest.name) return [`${where}: ${name} imports itself by name`];
    const sibling = imported.startsWith(scope) ? imported.slice(scope.length) : undefined;
    if (sibling !== undefined && !rule.some((pattern) => matches(pattern, sibling)))
      return [`${where}: ${name} may not import ${sibling}`];
    if (!declared.has(imported)) return [`${where}: ${imported} is not in the dependencies of ${name}`];
    return [];
  });
};

/** A relative path that leaves the package bypasses every other rule. */
const checkRelative = (where: string, from: string, specifier: string): string[] => {
  if (!specifier.startsWith('.')) return [];
  const target = path.posix.join(path.posix.dirname(from), specifier);
  return target.startsWith('..') ? [`${where}: ${specifier} leaves the package`] : [];
};

const checkFile = (name: string, file: SourceFile): string[] => {
  const where = `packages/${name}/${file.path}`;
  const errors: string[] = [];
  for (const part of file.path.split('/')) {
    const stem = part.replace(/(\.[a-z-]+)+$/, '');
    if (bannedNames.has(stem)) errors.push(`${where}: "${stem}" says nothing; name what is in it`);
    if (!/^[_.]?[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)) errors.push(`${where}: "${part}" is not kebab-case`);
  }
  if (file.path.startsWith('src/'))
    withoutComments(file.text)
      .split('\n')
      .forEach((line, index) => {
        if (/^\s*declare\s+module\b/.test(line)) errors.push(`${where}:${index + 1}: no declaration merging`);
      });
  return errors;
};

/** Every broken rule of one package, as `file:line: what is wrong`. */
export const checkPackage = (pkg: Package): string[] => {
  const rule = ruleFor(pkg.name);
  if (!rule)
    return [
      `packages/${pkg.name}: no rule says what it may depend on; add one to tools/check-dependencies.ts`,
    ];
  return [
    ...checkManifest(pkg.name, pkg.manifest, rule),
    ...pkg.files.flatMap((file) => [
      ...checkFile(pkg.name, file),
      ...(isTest(file.path) ? [] : checkImports(pkg, file, rule)),
    ]),
  ];
};

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const readFiles = (folder: string, base: string): SourceFile[] =>
  fs.existsSync(folder)
    ? fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const full = path.join(folder, entry.name);
        if (entry.isDirectory()) return ['fixtures', 'gen'].includes(entry.name) ? [] : readFiles(full, base);
        if (!/\.[cm]?tsx?$/.test(entry.name)) return [];
        return [
          { path: path.relative(base, full).replaceAll('\\', '/'), text: fs.readFileSync(full, 'utf8') },
        ];
      })
    : [];

const readPackages = (): Package[] => {
  const parent = path.join(root, 'packages');
  return fs
    .readdirSync(parent)
    .filter((name) => fs.existsSync(path.join(parent, name, 'package.json')))
    .map((name) => {
      const folder = path.join(parent, name);
      const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
      return {
        name,
        manifest,
        files: ['src', 'test'].flatMap((part) => readFiles(path.join(folder, part), folder)),
      };
    });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = readPackages();
  const errors = packages.flatMap(checkPackage);
  for (const error of errors) console.error(error);
  console.log(errors.length === 0 ? `${packages.length} packages in order` : `${errors.length} broken rules`);
  process.exitCode = errors.length === 0 ? 0 : 1;
}
