import { firstNonFinite, GanymedeError, isFloating, type Value } from '@ganymede/tensor';
import type { Dataset, DataStream } from './dataset.js';
import type { Rng } from './rng.js';

/** Where a stream stands: the epoch, and how many of its batches have been handed out. */
export interface DataCursor {
  readonly epoch: number;
  readonly batch: number;
}

/** What a data stream is made from. */
export interface DataStreamOptions {
  readonly dataset: Dataset;
  readonly batchSize: number;
  /** Epoch `e` is read in the order of the generator's permutation `e`. */
  readonly rng: Rng;
  /** false: every epoch in the dataset's own order. Default true. */
  readonly shuffle?: boolean;
  readonly cursor?: DataCursor;
}

type Batch = Readonly<Record<string, Value>>;

/**
 * Batches of a dataset in a new order every epoch. The next batch is read ahead while the present one is trained on.
 * Throws `GANYMEDE_BATCH_TOO_LARGE`; reading throws `GANYMEDE_DATA_NON_FINITE` for a NaN or infinity and `GANYMEDE_LABEL` for a label
 * that is none of the field's classes, naming field and example (each example is looked at the first time it is read).
 */
export function createDataStream({
  dataset,
  batchSize,
  rng,
  shuffle = true,
  cursor,
}: DataStreamOptions): DataStream & { readonly cursor: DataCursor } {
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > dataset.length) {
    throw new GanymedeError('GANYMEDE_BATCH_TOO_LARGE', {
      message: `expected a batch size from 1 to ${dataset.length} (the examples in the dataset), received ${batchSize}`,
      hint: `use a smaller batch, or more data (${dataset.summary})`,
      data: { batchSize, examples: dataset.length },
    });
  }
  const batchesPerEpoch = Math.floor(dataset.length / batchSize);
  const looked = new Uint8Array(dataset.length);
  let { epoch, batch } = cursor ?? { epoch: 0, batch: 0 };
  let order: { readonly epoch: number; readonly indices: Uint32Array } | undefined;
  let ahead: { readonly epoch: number; readonly batch: number; readonly reading: Promise<Batch> } | undefined;

  const indicesOf = (e: number): Uint32Array =>
    shuffle ? rng.permutation(dataset.length, e) : Uint32Array.from({ length: dataset.length }, (_, i) => i);
  const read = async (e: number, b: number): Promise<Batch> => {
    if (order?.epoch !== e) order = { epoch: e, indices: indicesOf(e) };
    const indices = order.indices.subarray(b * batchSize, (b + 1) * batchSize);
    const examples = await dataset.read(indices);
    lookAt(dataset, indices, examples, looked);
    return examples;
  };
  const readAhead = (e: number, b: number): void => {
    const at = b < batchesPerEpoch ? { epoch: e, batch: b } : { epoch: e + 1, batch: 0 };
    const reading = read(at.epoch, at.batch);
    reading.catch(() => {}); // Reported when the batch is asked for; until then nobody waits for it.
    ahead = { ...at, reading };
  };
  const next = async (): Promise<Batch> => {
    if (batch === batchesPerEpoch) {
      epoch += 1;
      batch = 0;
    }
    const isAhead = ahead?.epoch === epoch && ahead.batch === batch;
    const examples = await (isAhead && ahead !== undefined ? ahead.reading : read(epoch, batch));
    batch += 1;
    readAhead(epoch, batch);
    return examples;
  };
  return {
    dataset,
    batchSize,
    batchesPerEpoch,
    get cursor() {
      return { epoch, batch };
    },
    next,
    async *epoch() {
      while (batch < batchesPerEpoch) yield await next();
      epoch += 1;
      batch = 0;
    },
  };
}

function lookAt({ fields }: Dataset, indices: Uint32Array, examples: Batch, looked: Uint8Array): void {
  if (indices.every((i) => looked[i] === 1)) return;
  for (const [field, x] of Object.entries(examples)) {
    const { classes, shape } = fields[field] ?? {};
    if (classes !== undefined && shape?.length === 0) requireClasses(field, x, indices, classes);
    if (!isFloating(x.dtype) || isFinite(x.data as Float32Array)) continue;
    const row = Math.floor(firstNonFinite(x) / (x.data.length / indices.length));
    throw new GanymedeError('GANYMEDE_DATA_NON_FINITE', {
      message: `field "${field}" of example ${indices[row]} holds a NaN or infinity`,
      hint: 'repair or remove the example; training on it would spoil every weight',
      data: { field, example: indices[row] },
    });
  }
  for (const i of indices) looked[i] = 1;
}

/** A label that is no class would index beyond a table, or make a loss NaN many layers later. */
function requireClasses(field: string, labels: Value, indices: Uint32Array, classes: number): void {
  const row = labels.data.findIndex((y: number | bigint) => {
    const label = Number(y);
    return !(Number.isInteger(label) && label >= 0 && label < classes);
  });
  if (row < 0) return;
  throw new GanymedeError('GANYMEDE_LABEL', {
    message: `field "${field}" of example ${indices[row]} is ${labels.data[row]}, expected a class from 0 to ${classes - 1} (${classes} classes)`,
    hint: 'count classes from 0, and say how many there are in the field’s `classes`',
    data: { field, example: indices[row], classes },
  });
}

/** x·0 is 0 for finite x and NaN otherwise: four sums at once keep the processor's adders busy. */
function isFinite(data: Float32Array | Float64Array): boolean {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const end = data.length & ~3;
  for (let i = 0; i < end; i += 4) {
    a += (data[i] as number) * 0;
    b += (data[i + 1] as number) * 0;
    c += (data[i + 2] as number) * 0;
    d += (data[i + 3] as number) * 0;
  }
  for (let i = end; i < data.length; i++) a += (data[i] as number) * 0;
  return a + b + c + d === 0;
}
