import {
  type ConditionTypes,
  type Dataset,
  type FieldSpec,
  GanymedeError,
  type Sampler,
} from '@ganymede/core';
import type { Dim, Tensor, TensorType } from '@ganymede/tensor';
import type { AdversarialParts } from './adversarial-parts.js';

/** What a GAN reads of a dataset. */
export interface AdversarialFields {
  /** The field that the generator imitates: the first. */
  readonly samples: string;
  /** Of a batch of samples. */
  readonly shape: readonly number[];
  /** dtype and shape of each field that steps read. */
  readonly batch: Readonly<Record<string, TensorType>>;
  /** dtype and shape of each condition, by the condition's name. */
  readonly conditions: ConditionTypes;
  /** The same for any number of samples: the batch is `N`. */
  readonly told: ConditionTypes;
  /** The sampler's inputs: the conditions, by the field's name; labels are drawn uniformly where none are given. */
  readonly inputs: NonNullable<Sampler['inputs']>;
  /** Conditions by their names, out of tensors by the fields' names. */
  conditionsOf(tensors: Readonly<Record<string, Tensor>>): Readonly<Record<string, Tensor>>;
}

function fieldOf(data: Dataset, name: string, wants: string): FieldSpec {
  const found = data.fields[name];
  if (found !== undefined) return found;
  throw new GanymedeError('GANYMEDE_DATA_FIELD', {
    message: `${wants} wants the field "${name}", but the data has ${Object.keys(data.fields).join(', ')}`,
    hint: `name another field, or train on data with ${name} (this is ${data.summary})`,
    data: { field: name, known: Object.keys(data.fields) },
  });
}

/** The fields that `parts` name. Throws `GANYMEDE_DATA_FIELD` where the data lacks one. */
export function adversarialFields(
  { conditions = {}, labelled }: Pick<AdversarialParts, 'conditions' | 'labelled'>,
  data: Dataset,
  batchSize: number,
): AdversarialFields {
  const [samples] = Object.keys(data.fields) as [string];
  const named = Object.entries(conditions).map(
    ([condition, field]) => [condition, field, fieldOf(data, field, `the condition "${condition}"`)] as const,
  );
  const fields = [samples, ...named.map(([, field]) => field), ...Object.values(labelled ?? {})];
  const typeOf = ({ dtype, shape }: FieldSpec, batch: Dim = batchSize) => ({
    dtype,
    shape: [batch, ...shape],
  });
  return {
    samples,
    shape: [batchSize, ...fieldOf(data, samples, 'a GAN').shape],
    batch: Object.fromEntries(
      fields.map((field) => [field, typeOf(fieldOf(data, field, 'a semi-supervised GAN'))]),
    ),
    conditions: Object.fromEntries(named.map(([condition, , spec]) => [condition, typeOf(spec)])),
    told: Object.fromEntries(named.map(([condition, , spec]) => [condition, typeOf(spec, 'N')])),
    inputs: Object.fromEntries(
      named.map(([, field, { dtype, shape, classes }]) => [
        field,
        {
          dtype,
          shape: ['N', ...shape],
          ...(classes === undefined ? {} : { drawn: { kind: 'integers', high: classes } as const }),
        },
      ]),
    ),
    conditionsOf: (tensors) =>
      Object.fromEntries(named.map(([condition, field]) => [condition, tensors[field] as Tensor])),
  };
}
