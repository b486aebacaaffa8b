import type { Dtype, Value } from '@ganymede/tensor';

/** One field of a dataset's examples, without the batch dimension. */
export interface FieldSpec {
  readonly dtype: Dtype;
  /** Images `[channels, height, width]` in [-1, 1]; tokens `[length]`; points `[2]`; labels `[]`. */
  readonly shape: readonly number[];
  /** Class count of a label field or vocabulary size of a token field. */
  readonly classes?: number;
}

/** Examples by index. Order, shuffling and epochs are the run's business, not the dataset's. */
export interface Dataset {
  /** One line for people: `glyphs 28x28x1, 20 000 generated, 10 classes`. */
  readonly summary: string;
  readonly length: number;
  /** `images`, `labels`, `tokens`, `points`: the first field is what a generator learns to imitate. */
  readonly fields: Readonly<Record<string, FieldSpec>>;
  /** How to make it again (`resume` needs it): a registered dataset module's id and options, JSON only. */
  readonly source?: { readonly id: string; readonly options: unknown };
  /** The examples at `indices` stacked along a new first axis. */
  read(indices: ArrayLike<number>): Promise<Readonly<Record<string, Value>>>;
  /** SHA-256 over content (or over names, sizes and times of files too many to read); part of a metric's provenance. */
  hash(): Promise<string>;
}

/** Batches of one run's dataset, shuffled by the run's RNG, resumable: its cursor is part of the run's state. */
export interface DataStream {
  readonly dataset: Dataset;
  readonly batchSize: number;
  /** Whole batches in an epoch; the incomplete last one is dropped. */
  readonly batchesPerEpoch: number;
  /** The next batch, going on to the next epoch's order where one ends. */
  next(): Promise<Readonly<Record<string, Value>>>;
  /** The remaining batches of the current epoch; a cursor restored at an epoch's end yields none and moves on. */
  epoch(): AsyncIterable<Readonly<Record<string, Value>>>;
}
