import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const packages = fileURLToPath(new URL('../../', import.meta.url));
const tsx = import.meta.resolve('tsx');
let folder = '';

/** A file as a user would write it. The types make TypeScript's lines differ from JavaScript's. */
const gan = `interface Facts {
  readonly code: string;
  readonly message: string;
  readonly data: unknown;
}
import { conv2d, relu, sequential } from '@ganymede/nn';
import { createRng } from '@ganymede/core';
import { input, scope, type Tensor } from '@ganymede/tensor';

const layers = sequential(relu(), sequential(
  conv2d(4, { kernel: 3 })));
const attempt = (work: () => unknown): Facts | undefined => {
  try { work(); } catch (error) { return error as Facts; }
  return undefined;
};
function shrink(x: Tensor): Tensor {
  return scope('shrink', () =>
    x.add(input('y', [7]))); // line 18
}
const facts = [
  attempt(() => shrink(input('x', [2, 3]))),
  attempt(() => layers.init(createRng(1), [2, 3, 5])), // line 22
].map((error) => ({ code: error?.code, message: error?.message, data: error?.data }));
console.log(JSON.stringify(facts));
`;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'ganymede user (1) ')));
  await mkdir(join(folder, 'node_modules/@ganymede'), { recursive: true });
  for (const name of ['tensor', 'core', 'nn'])
    await symlink(join(packages, name), join(folder, 'node_modules/@ganymede', name));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'gan.ts'), gan);
  const { outputText } = ts.transpileModule(gan, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      inlineSourceMap: true,
      inlineSources: true,
    },
    fileName: 'gan.ts',
  });
  await writeFile(join(folder, 'gan.js'), outputText);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the file; the errors it met. */
async function errorsOf(...args: string[]): Promise<{ code: string; message: string; data: unknown }[]> {
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(stdout) as { code: string; message: string; data: unknown }[];
}

/** What the errors must say of lines in `file`: of the faulty operator, of the call, of `sequential`. */
function expectLines(
  errors: Awaited<ReturnType<typeof errorsOf>>,
  file: string,
  [operator, call, made]: readonly [number, number, number],
): void {
  const at = (line: number) =>
    expect.stringMatching(new RegExp(`/ganymede user \\(1\\) [^/]+/${file}:${line}:\\d+$`));
  expect(errors).toMatchObject([
    { code: 'GANYMEDE_SHAPE', data: { scope: 'shrink', source: at(operator) } },
    { code: 'GANYMEDE_SHAPE', data: { scope: 'block1/conv1', source: at(call), madeAt: at(made) } },
  ]);
  const [first, second] = errors.map(({ message }) => message);
  expect(first).toContain('Add in shrink: shapes [2, 3] and [7] do not broadcast');
  expect(first).toMatch(new RegExp(`\\n {2}at ${folder.replace(/[()]/g, '\\$&')}/${file}:${operator}:\\d+$`));
  expect(second).toMatch(new RegExp(`in layer block1/conv1, made at .*/${file}:${made}:\\d+$`));
}

describe("the line of the user's file that an error names", () => {
  it('is the line of TypeScript run by tsx', { timeout: 60_000 }, async () => {
    const errors = await errorsOf('--conditions=@ganymede/source', '--import', tsx, 'gan.ts');
    expectLines(errors, 'gan.ts', [18, 22, 10]);
  });

  const built = ['tensor', 'core', 'nn'].every((name) => existsSync(join(packages, name, 'dist/index.js')));

  it('is the line of JavaScript on the built packages', async (ctx) => {
    if (!built) ctx.skip('the packages are not built: npm run setup');
    const lines = ts.transpileModule(gan, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
    const find = (text: string) => lines.outputText.split('\n').findIndex((line) => line.includes(text)) + 1;
    const js = [find('x.add('), find('layers.init('), find('const layers')] as const;
    expectLines(await errorsOf('gan.js'), 'gan.js', js);
  });

  it("is the line of TypeScript by Node's source maps", async (ctx) => {
    if (!built) ctx.skip('the packages are not built: npm run setup');
    expectLines(await errorsOf('--enable-source-maps', 'gan.js'), 'gan.ts', [18, 22, 10]);
  });
});
