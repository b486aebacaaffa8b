import { firstNonFinite, type Value } from '@ganymede/tensor';
import { datatypeOf } from './datatype.js';
import { RequestError } from './request-error.js';

/** "Inference Response JSON Object" of the Open Inference Protocol V2. */
export interface InferResponse {
  readonly model_name: string;
  readonly model_version: string;
  readonly id?: string;
  readonly outputs: readonly {
    readonly name: string;
    readonly datatype: string;
    readonly shape: readonly number[];
    readonly data: readonly (number | boolean)[];
  }[];
}

/** The response for `values`, its outputs in the order of `names`. Throws a 500 for numbers that JSON cannot hold. */
export function inferResponse(
  model: { readonly name: string; readonly version: string },
  id: string | undefined,
  names: readonly string[],
  values: Readonly<Record<string, Value>>,
): InferResponse {
  return {
    model_name: model.name,
    model_version: model.version,
    ...(id === undefined ? {} : { id }),
    outputs: names.map((name) => {
      const value = values[name] as Value;
      if (firstNonFinite(value) >= 0) {
        throw new RequestError(
          500,
          `output '${name}' holds numbers that are not finite, which JSON cannot carry`,
        );
      }
      return { name, datatype: datatypeOf(value.dtype), shape: value.shape, data: elements(value) };
    }),
  };
}

function elements({ dtype, data }: Value): (number | boolean)[] {
  if (dtype === 'bool') return Array.from(data as Uint8Array, (x) => x !== 0);
  return Array.from(data as ArrayLike<number | bigint>, Number);
}
