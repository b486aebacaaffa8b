import { describe, expect, it } from 'vitest';
import { checkPackage, importsOf } from './check-dependencies.js';

const check = (name: string, file: string, text: string, dependencies: Record<string, string> = {}) =>
  checkPackage({
    name,
    manifest: { name: `@ganymede/${name}`, dependencies },
    files: [{ path: file, text }],
  });

describe('importsOf', () => {
  it('finds static, side-effect, re-exported and dynamic imports with their lines', () => {
    const text = [
      "import { a } from 'one';",
      "import 'two';",
      'import {',
      '  type B,',
      "} from 'three';",
      "export * from './four.js';",
      "const five = await import('five');",
    ].join('\n');
    expect(importsOf(text)).toEqual([
      { specifier: 'one', line: 1 },
      { specifier: 'two', line: 2 },
      { specifier: 'three', line: 5 },
      { specifier: './four.js', line: 6 },
      { specifier: 'five', line: 7 },
    ]);
  });

  it('does not read examples in comments', () => {
    expect(importsOf("/**\n * import { a } from 'one';\n */\n// import 'two';\n")).toEqual([]);
  });
});

describe('checkPackage', () => {
  it('accepts imports that point down', () => {
    const use = "import { conv } from '@ganymede/nn';";
    expect(check('continuous', 'src/dcgan.ts', use, { '@ganymede/nn': 'workspace:*' })).toEqual([]);
  });

  it.each([
    [
      'an import that points up',
      'tensor',
      'src/a.ts',
      "import '@ganymede/core';",
      /src\/a\.ts:1: tensor may not import core/,
    ],
    ['an undeclared import', 'nn', 'src/a.ts', "import 'zod';", /zod is not in the dependencies of nn/],
    ['inversify outside core', 'cli', 'src/a.ts', "import 'inversify';", /only core imports inversify/],
    ['a path out of the package', 'nn', 'src/a.ts', "import '../../core/src/rng.js';", /leaves the package/],
    [
      'declaration merging',
      'nn',
      'src/a.ts',
      "\ndeclare module '@ganymede/core' {}",
      /a\.ts:2: no declaration merging/,
    ],
    ['a name that says nothing', 'nn', 'src/utils.ts', '', /"utils" says nothing/],
    ['a name in another case', 'nn', 'src/batchNorm.ts', '', /not kebab-case/],
    ['a package without a rule', 'new', 'src/a.ts', '', /no rule says what it may depend on/],
  ])('refuses %s', (_, name, file, text, message) => {
    expect(check(name, file, text)).toEqual([expect.stringMatching(message)]);
  });

  it('refuses a dependency in package.json that points up, used or not', () => {
    expect(check('core', 'src/a.ts', '', { '@ganymede/nn': 'workspace:*' })).toEqual([
      'packages/core/package.json: core may not depend on nn',
    ]);
  });

  it('lets tests import anything', () => {
    expect(check('tensor', 'src/a.test.ts', "import '@ganymede/backend-ort';")).toEqual([]);
  });
});
