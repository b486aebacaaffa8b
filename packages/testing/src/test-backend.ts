import { type Backend, type Executable, type Held, toHost } from '@ganymede/core';
import { evaluate, graph, input, type Value, valueOf } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendCase } from './backend/backend-case.js';
import { elementwiseCases } from './backend/elementwise-cases.js';
import { linearCases } from './backend/linear-cases.js';
import { checkRandomPrograms, randomProgramsName } from './backend/random-programs.js';
import { structureCases } from './backend/structure-cases.js';
import { trainingCases } from './backend/training-cases.js';

/** Options of {@link testBackend}. */
export interface TestBackendOptions {
  /** Cases the backend is known not to pass, with the reason; they show up as skipped. */
  readonly skip?: Readonly<Record<string, string>>;
  /** The only cases to run, for a device so slow that all of them are left to the slow tests. @defaultValue all */
  readonly only?: readonly string[];
  /** Multiplies the tolerance of every case, for devices with faster, rougher functions. @defaultValue 1 */
  readonly looseness?: number;
  /** How many random programs to run. @defaultValue 25 */
  readonly programs?: number;
}

/** Compiling many programs takes some devices minutes. */
const PROGRAMS_TIMEOUT = 5 * 60_000;

/** Every program that {@link testBackend} runs. */
export const backendCases: readonly BackendCase[] = [
  ...elementwiseCases,
  ...structureCases,
  ...linearCases,
  ...trainingCases,
];

/**
 * The conformance suite of backends, as vitest tests: every case against the reference interpreter (float32, within 1e-5 +
 * 1e-4 of the expected number, ten times that for deep programs), random programs with their first and second derivatives, the
 * same bits when run again (where the backend claims it), and the errors promised. Call it at the top of a test file.
 */
export function testBackend(
  make: () => Promise<Backend>,
  { skip = {}, only, looseness = 1, programs = 25 }: TestBackendOptions = {},
): void {
  const known = new Set([...backendCases.map(({ name }) => name), randomProgramsName]);
  const unknown = only?.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`testBackend has no case "${unknown}"`);
  describe('backend', () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await make();
    });
    afterAll(() => backend?.dispose());

    for (const one of backendCases) {
      if (only?.includes(one.name) === false) continue;
      it(one.name, async (context) => {
        const reason = skip[one.name];
        if (reason !== undefined) context.skip(reason);
        await checkCase(backend, one, looseness);
      });
    }
    if (only?.includes(randomProgramsName) ?? true) {
      it(
        randomProgramsName,
        async (context) => {
          const reason = skip[randomProgramsName];
          if (reason !== undefined) context.skip(reason);
          await checkRandomPrograms(backend, programs, looseness);
        },
        PROGRAMS_TIMEOUT,
      );
    }
    errorTests(() => backend);
    lifeTests(() => backend);
  });
}

async function checkCase(backend: Backend, one: BackendCase, looseness: number): Promise<void> {
  const outputs = one.build();
  const executable = await backend.compile(graph({ outputs }), one.options);
  try {
    expect([...executable.outputs].sort()).toEqual(Object.keys(outputs).sort());
    for (const feeds of one.feeds) {
      const expected = evaluate(graph({ outputs }), { ...feeds, ...one.options?.constants });
      const results = await onHost(await executable.run(feeds));
      for (const name in expected) compare(name, results[name], expected[name] as Value, one, looseness);
      if (!backend.flags.deterministic) continue;
      const again = await onHost(await executable.run(feeds));
      for (const name in results)
        expect(again[name]?.data, `${name}, run again`).toEqual(results[name]?.data);
    }
  } finally {
    await executable.dispose();
  }
}

/** Host values of all outputs; what was on the device is freed. */
async function onHost(held: Readonly<Record<string, Held>>): Promise<Record<string, Value>> {
  const values: Record<string, Value> = {};
  for (const [name, one] of Object.entries(held)) {
    values[name] = await toHost(one);
    if ('location' in one) one.dispose();
  }
  return values;
}

function compare(
  name: string,
  got: Value | undefined,
  want: Value,
  one: BackendCase,
  looseness: number,
): void {
  expect(got, `output "${name}"`).toBeDefined();
  const { dtype, shape, data } = got as Value;
  expect({ dtype, shape: [...shape] }, `output "${name}"`).toEqual({
    dtype: want.dtype,
    shape: [...want.shape],
  });
  const { absolute, relative } = one.tolerance ?? { absolute: 1e-5, relative: 1e-4 };
  const exact = dtype !== 'float32' && dtype !== 'float64';
  for (let i = 0; i < want.data.length; i++) {
    const [a, b] = [Number(data[i]), Number(want.data[i])];
    const allowed = exact ? 0 : looseness * (absolute + relative * Math.abs(b));
    if (Number.isNaN(a) !== Number.isNaN(b) || Math.abs(a - b) > allowed) {
      expect.fail(`output "${name}"[${i}]: expected ${b} within ${allowed}, received ${a}`);
    }
  }
}

function errorTests(backend: () => Backend): void {
  const x = valueOf([1, 2, 3]);
  let executable: Executable;
  const compiled = async () => {
    executable ??= await backend().compile(graph({ outputs: { y: input('x', [3], 'float32').mul(2) } }));
    return executable;
  };
  afterAll(() => executable?.dispose());
  const refused: readonly (readonly [string, Readonly<Record<string, Value>>])[] = [
    ['a missing input', {}],
    ['an input it does not have', { x, z: x }],
    ['another dtype', { x: valueOf([1, 2, 3], [3], 'int32') }],
    ['another size', { x: valueOf([1, 2]) }],
    ['another rank', { x: valueOf([1, 2, 3], [1, 3]) }],
  ];
  for (const [what, feeds] of refused) {
    it(`refuses ${what}, naming it`, async () => {
      const run = (await compiled()).run(feeds);
      await expect(run).rejects.toMatchObject({
        code: 'GANYMEDE_FEED',
        message: expect.stringContaining(what === refused[1]?.[0] ? '"z"' : '"x"'),
      });
    });
  }
  it('refuses one named dimension at two sizes', async () => {
    const one = await backend().compile(
      graph({ outputs: { y: input('a', ['N', 2], 'float32').mul(input('b', ['N', 2], 'float32')) } }),
    );
    const feeds = { a: valueOf([1, 2], [1, 2]), b: valueOf([1, 2, 3, 4], [2, 2]) };
    await expect(one.run(feeds)).rejects.toMatchObject({ code: 'GANYMEDE_FEED' });
    await one.dispose();
  });
}

function lifeTests(backend: () => Backend): void {
  it('leaves feeds and earlier results as they are', async () => {
    const one = await backend().compile(graph({ outputs: { y: input('x', [3], 'float32').mul(2) } }));
    const x = valueOf([1, 2, 3]);
    const first = await onHost(await one.run({ x }));
    await one.run({ x: valueOf([7, 8, 9]) });
    expect(Array.from(x.data as Float32Array)).toEqual([1, 2, 3]);
    expect(Array.from(first.y?.data as Float32Array)).toEqual([2, 4, 6]);
    await one.dispose();
  });

  it('feeds results back, wherever they are', async () => {
    const program = graph({ outputs: { next: input('x', [2, 2], 'float32').mul(2) } });
    const one = await backend().compile(program, { resident: ['next'] });
    let x: Held = valueOf([1, 2, 3, 4], [2, 2]);
    for (let i = 0; i < 5; i++) {
      const before = x;
      x = (await one.run({ x })).next as Held;
      if ('location' in before) before.dispose();
    }
    expect(Array.from((await toHost(x)).data as Float32Array)).toEqual([32, 64, 96, 128]);
    if ('location' in x) x.dispose();
    await one.dispose();
  });

  it('disposes twice without complaint, and does not run afterwards', async () => {
    const one = await backend().compile(graph({ outputs: { y: input('x', [3], 'float32').mul(2) } }));
    await one.dispose();
    await one.dispose();
    await expect(one.run({ x: valueOf([1, 2, 3]) })).rejects.toMatchObject({ code: 'GANYMEDE_BACKEND_RUN' });
  });
}
