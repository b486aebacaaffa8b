import type { Dataset, Module } from '@ganymede/core';
import { bytesPerElement, firstNonFinite, GanymedeError, numbersOf, type Value } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';

/** A dataset to be checked. */
export interface DatasetRow {
  readonly name: string;
  /** Makes it, each time anew. */
  create(): Dataset | Promise<Dataset>;
  /** Modules that its `source` may name. Without a source of its own a dataset passes none. */
  readonly modules?: readonly Module[];
  /** Smallest and greatest legal number of a field. Images default to [-1, 1], labels and tokens to their classes. */
  readonly range?: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** Checks that do not hold, each with the reason. */
  readonly skip?: Partial<Record<DatasetCheck, string>>;
}

/** Names of the checks. */
export type DatasetCheck = 'shape' | 'range' | 'deterministic' | 'order' | 'indices' | 'hash' | 'source';

type Batch = Readonly<Record<string, Value>>;

/** Up to `most` indices spread over the dataset, first and last among them. */
function spread(length: number, most: number): number[] {
  const count = Math.min(length, most);
  return [
    ...new Set(
      Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / Math.max(1, count - 1))),
    ),
  ];
}

const bytesOf = ({ data, dtype }: Value): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.length * bytesPerElement(dtype));

/** Row `row` of each field, as plain numbers. */
function rowOf(batch: Batch, row: number): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(batch).map(([name, field]) => {
      const each = field.data.length / (field.shape[0] as number);
      return [name, numbersOf(field).slice(row * each, (row + 1) * each)];
    }),
  );
}

function expectSame(a: Batch, b: Batch): void {
  expect(Object.keys(a)).toEqual(Object.keys(b));
  for (const [name, field] of Object.entries(a)) {
    expect(b[name]?.shape, name).toEqual(field.shape);
    expect(Buffer.compare(bytesOf(field), bytesOf(b[name] as Value)), `bytes of ${name}`).toBe(0);
  }
}

/** The numbers a field may hold. */
function rangeOf(name: string, dataset: Dataset, row: DatasetRow): readonly [number, number] {
  const classes = dataset.fields[name]?.classes;
  const own = row.range?.[name];
  if (own !== undefined) return own;
  if (classes !== undefined) return [0, classes - 1];
  return name === 'images' ? [-1, 1] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
}

function expectSpecs(dataset: Dataset, batch: Batch, count: number): void {
  expect(dataset.summary).toMatch(/^\S.*\S$/);
  expect(Number.isInteger(dataset.length) && dataset.length > 0, 'a whole, positive length').toBe(true);
  expect(Object.keys(batch)).toEqual(Object.keys(dataset.fields));
  for (const [name, spec] of Object.entries(dataset.fields)) {
    expect(batch[name]?.dtype, `dtype of ${name}`).toBe(spec.dtype);
    expect(batch[name]?.shape, `shape of ${name}`).toEqual([count, ...spec.shape]);
    expect(batch[name]?.data.length).toBe(spec.shape.reduce((product, d) => product * d, count));
  }
}

/** A dataset made anew from what `source` says, as `resume` does: through JSON. */
async function recreate(dataset: Dataset, row: DatasetRow): Promise<Dataset> {
  const { id, options } = JSON.parse(JSON.stringify(dataset.source)) as { id: string; options: unknown };
  const module = row.modules?.find((candidate) => candidate.id === id);
  expect(module, `the module "${id}" of the source`).toBeDefined();
  return (module as Module)['~make'](options, undefined) as Dataset | Promise<Dataset>;
}

/**
 * The conformance suite of a dataset, as vitest tests: fields as declared, values finite and in range, reads that depend on
 * the index alone, indices outside refused, a stable hash, and a `source` that makes the same content again.
 */
export function testDataset(row: DatasetRow): void {
  const check = (key: DatasetCheck, title: string, body: (dataset: Dataset) => Promise<void>): void => {
    const reason = row.skip?.[key];
    it.skipIf(reason !== undefined)(reason === undefined ? title : `${title} (${reason})`, async () =>
      body(await row.create()),
    );
  };

  describe(`dataset ${row.name}`, () => {
    check('shape', 'reads fields of the declared dtypes and shapes', async (dataset) => {
      const wanted = spread(dataset.length, 16);
      expectSpecs(dataset, await dataset.read(wanted), wanted.length);
      expectSpecs(dataset, await dataset.read([]), 0);
    });

    check('range', 'holds finite numbers in range', async (dataset) => {
      const batch = await dataset.read(spread(dataset.length, 64));
      for (const [name, field] of Object.entries(batch)) {
        expect(firstNonFinite(field), `first non-finite element of ${name}`).toBe(-1);
        const [low, high] = rangeOf(name, dataset, row);
        const numbers = numbersOf(field);
        expect(
          numbers.filter((x) => x < low || x > high).slice(0, 5),
          `${name} outside [${low}, ${high}]`,
        ).toEqual([]);
      }
    });

    check(
      'deterministic',
      'reads the same twice, and gives the caller memory of its own',
      async (dataset) => {
        const wanted = spread(dataset.length, 16);
        const first = await dataset.read(wanted);
        const kept = Object.fromEntries(
          Object.entries(first).map(([name, field]) => [name, { ...field, data: field.data.slice() }]),
        );
        for (const field of Object.values(first)) bytesOf(field).fill(0);
        expectSame(kept as Batch, await dataset.read(wanted));
      },
    );

    check('order', 'reads an example the same in any order and company', async (dataset) => {
      const wanted = spread(dataset.length, 16);
      const backward = await dataset.read(Uint32Array.from(wanted).reverse());
      const fresh = await row.create();
      for (const [row, index] of [...wanted].reverse().entries()) {
        expect(rowOf(await fresh.read([index]), 0), `example ${index}`).toEqual(rowOf(backward, row));
      }
      const last = dataset.length - 1;
      const repeated = await dataset.read([last, 0, last]);
      expect(rowOf(repeated, 0)).toEqual(rowOf(repeated, 2));
    });

    check('indices', 'refuses indices outside with GANYMEDE_DATA_INDEX', async (dataset) => {
      for (const index of [dataset.length, -1, 0.5, Number.NaN]) {
        const error: unknown = await dataset.read([0, index]).catch((thrown: unknown) => thrown);
        expect(GanymedeError.is(error, 'GANYMEDE_DATA_INDEX'), `reading ${index}`).toBe(true);
      }
    });

    check('hash', 'has a SHA-256 that stays the same', async (dataset) => {
      const hash = await dataset.hash();
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(await dataset.hash()).toBe(hash);
      expect(await (await row.create()).hash()).toBe(hash);
    });

    check('source', 'is made again by its source', async (dataset) => {
      if (dataset.source === undefined) return;
      const again = await recreate(dataset, row);
      expect({ length: again.length, fields: again.fields, source: again.source }).toEqual({
        length: dataset.length,
        fields: dataset.fields,
        source: dataset.source,
      });
      const wanted = spread(dataset.length, 16);
      expectSame(await dataset.read(wanted), await again.read(wanted));
      expect(await again.hash()).toBe(await dataset.hash());
    });
  });
}
