import type { Dataset } from '@ganymede/core';
import { GanymedeError } from '@ganymede/tensor';

/** What an algorithm on sequences needs to know of its data. */
export interface TokenField {
  /** Name of the field in the dataset's examples. */
  readonly name: string;
  readonly length: number;
  readonly vocabulary: number;
}

/**
 * The dataset's first field as sequences of tokens: int32 `[length]`, `classes` the size of the vocabulary. Throws
 * `GANYMEDE_DATA_FIELD` for any other.
 */
export function tokenField(dataset: Dataset): TokenField {
  const [name, spec] = Object.entries(dataset.fields)[0] ?? [];
  const length = spec?.shape[0];
  if (name === undefined || spec?.dtype !== 'int32' || spec.shape.length !== 1 || !length || !spec.classes) {
    const came = spec === undefined ? 'none' : `"${name}", ${spec.dtype} [${spec.shape.join(', ')}]`;
    throw new GanymedeError('GANYMEDE_DATA_FIELD', {
      message: `expected token sequences as the first field (int32 [length] with a vocabulary size), came ${came} from ${dataset.summary}`,
      hint: 'use a dataset of sequences, such as `--data tokens:<file>`',
    });
  }
  return { name, length, vocabulary: spec.classes };
}
