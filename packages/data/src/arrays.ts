import { nodeModule } from '@ganymede/core';
import type { Dataset, FieldSpec } from '@ganymede/core';
import {
  allocate,
  bytesPerElement,
  type DataOf,
  type Dtype,
  firstNonFinite,
  formatShape,
  GanymedeError,
  isFloating,
  type Value,
  value,
} from '@ganymede/tensor';
import { checkIndices } from './check-indices.js';
import { formatCount } from './format-count.js';

const { createHash } = nodeModule('node:crypto');

/** One field's examples: stacked along a first axis, or one value each. */
export type ArrayField = Value | readonly Value[];

const isList = (field: ArrayField): field is readonly Value[] => Array.isArray(field);

/** One value of all examples. Throws `GANYMEDE_DATA_SHAPE` where their shapes or dtypes differ. */
function stacked(name: string, field: ArrayField): Value {
  if (!isList(field)) return field;
  const first = field[0];
  if (first === undefined) return value('float32', [0], new Float32Array(0));
  const each = first.data.length;
  const data = allocate(first.dtype, each * field.length);
  field.forEach((example, i) => {
    if (example.dtype !== first.dtype || formatShape(example.shape) !== formatShape(first.shape)) {
      throw new GanymedeError('GANYMEDE_DATA_SHAPE', {
        message:
          `field "${name}": example 0 is ${first.dtype} ${formatShape(first.shape)}, ` +
          `but example ${i} is ${example.dtype} ${formatShape(example.shape)}`,
        hint: 'make all examples of a field the same size (imageFolder resizes files of mixed sizes)',
        data: { field: name, index: i, expected: first.shape, received: example.shape },
      });
    }
    (data as Float32Array).set(example.data as Float32Array, i * each);
  });
  return value(first.dtype, [field.length, ...first.shape], data as DataOf[Dtype]);
}

/** Refuses what would spoil training silently: NaN, infinities, images that are not in [-1, 1]. */
function checkContent(name: string, field: Value): void {
  const each = field.data.length / (field.shape[0] as number);
  const bad = firstNonFinite(field);
  if (bad >= 0) {
    throw new GanymedeError('GANYMEDE_DATA_NON_FINITE', {
      message: `field "${name}": example ${Math.floor(bad / each)} holds ${String(field.data[bad])}, expected finite numbers`,
      hint: 'remove or repair that example; check for divisions by zero where the data is made',
      data: { field: name, index: Math.floor(bad / each), element: bad % each },
    });
  }
  if (name !== 'images' || !isFloating(field.dtype)) return;
  const outside = (field.data as Float32Array).findIndex((x) => x < -1.001 || x > 1.001);
  if (outside >= 0) {
    throw new GanymedeError('GANYMEDE_DATA_RANGE', {
      message: `field "${name}": example ${Math.floor(outside / each)} holds ${String(field.data[outside])}, expected [-1, 1]`,
      hint: 'scale bytes by x / 127.5 - 1',
      data: { field: name, index: Math.floor(outside / each) },
    });
  }
}

/** Options of {@link arrays}. */
export interface ArraysOptions {
  /** Class count of label fields, vocabulary size of token fields. */
  readonly classes?: Readonly<Record<string, number>>;
  /** One line for people. @defaultValue 'arrays, 1 000 examples' */
  readonly summary?: string;
}

/**
 * A dataset of values in memory: `arrays({ images, labels })`. Each field is one value with the examples along its first axis,
 * or a list with one value per example. The first field is what a generator learns to imitate. Values are not copied.
 *
 * It has no `source`: a run trained on it is resumed by handing it the data again.
 *
 * @throws `GANYMEDE_DATA_EMPTY` no field or no example; `GANYMEDE_DATA_SHAPE` examples of different shapes;
 * `GANYMEDE_DATA_COUNT` fields of different lengths; `GANYMEDE_DATA_NON_FINITE` NaN or infinity, naming the example;
 * `GANYMEDE_DATA_RANGE` float `images` outside [-1, 1]
 */
export function arrays(fields: Readonly<Record<string, ArrayField>>, options: ArraysOptions = {}): Dataset {
  const columns = Object.entries(fields).map(([name, field]) => [name, stacked(name, field)] as const);
  const length = columns[0]?.[1].shape[0] ?? 0;
  if (length === 0) {
    throw new GanymedeError('GANYMEDE_DATA_EMPTY', {
      message:
        columns.length === 0 ? 'expected at least one field' : `field "${columns[0]?.[0]}" holds no examples`,
      hint: 'give values with the examples along their first axis: arrays({ images })',
    });
  }
  for (const [name, field] of columns) {
    if (field.shape[0] !== length) {
      throw new GanymedeError('GANYMEDE_DATA_COUNT', {
        message: `field "${columns[0]?.[0]}" has ${length} examples, but "${name}" has ${field.shape[0] ?? 0}`,
        hint: 'give every field one entry per example',
        data: { field: name, expected: length, received: field.shape[0] ?? 0 },
      });
    }
    checkContent(name, field);
  }
  const specs = columns.map(([name, field]): [string, FieldSpec] => {
    const classes = options.classes?.[name];
    return [
      name,
      { dtype: field.dtype, shape: field.shape.slice(1), ...(classes !== undefined && { classes }) },
    ];
  });
  const summary = options.summary ?? `arrays, ${formatCount(length)} examples`;
  let hash: string | undefined;
  return {
    summary,
    length,
    fields: Object.fromEntries(specs),
    async read(indices) {
      checkIndices(indices, length, summary);
      return Object.fromEntries(columns.map(([name, field]) => [name, rowsOf(field, indices)]));
    },
    async hash() {
      hash ??= hashOf(columns);
      return hash;
    },
  };
}

/** The examples at `indices`, copied. */
function rowsOf(field: Value, indices: ArrayLike<number>): Value {
  const shape = field.shape.slice(1);
  const each = shape.reduce((product, d) => product * d, 1);
  const data = allocate(field.dtype, each * indices.length);
  for (let row = 0; row < indices.length; row++) {
    const from = each * (indices[row] as number);
    (data as Float32Array).set((field.data as Float32Array).subarray(from, from + each), row * each);
  }
  return value(field.dtype, [indices.length, ...shape], data as DataOf[Dtype]);
}

function hashOf(columns: readonly (readonly [string, Value])[]): string {
  const hash = createHash('sha256');
  for (const [name, { dtype, shape, data }] of columns) {
    hash.update(JSON.stringify([name, dtype, shape]));
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.length * bytesPerElement(dtype)));
  }
  return hash.digest('hex');
}
