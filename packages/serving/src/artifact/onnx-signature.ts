import { type Dtype, onnxDtype } from '@ganymede/tensor';
import { type Field, fieldsOf, invalidOnnx } from './protobuf-fields.js';

/** Name, dtype and shape of an input or output of a model; the dtype is undefined for one that Ganymede does not have. */
export interface TensorSignature {
  readonly name: string;
  readonly dtype: Dtype | undefined;
  readonly shape: readonly (number | string)[];
}

/** What a model takes and gives. */
export interface OnnxSignature {
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
}

const dtypes = new Map(Object.entries(onnxDtype).map(([dtype, number]) => [number, dtype as Dtype]));
const text = new TextDecoder();

/**
 * The inputs and outputs that an ONNX file declares (field numbers of onnx.proto3). Throws `GANYMEDE_ONNX_INVALID` for bytes
 * that hold no graph with outputs.
 */
export function readSignature(file: string, bytes: Uint8Array): OnnxSignature {
  const within = (field: Field, number: number): Field[] =>
    [...fieldsOf(file, bytes, field.start, field.end ?? field.start)].filter(
      (child) => child.number === number,
    );
  const nested = (field: Field, ...path: readonly number[]): Field[] =>
    path.reduce((fields, number) => fields.flatMap((parent) => within(parent, number)), [field]);
  const textOf = (field: Field | undefined): string => text.decode(bytes.subarray(field?.start, field?.end));

  const signature = (info: Field): TensorSignature => ({
    name: textOf(within(info, 1)[0]),
    dtype: dtypes.get(nested(info, 2, 1, 1)[0]?.value ?? 0),
    shape: nested(info, 2, 1, 2, 1).map((dim) => {
      const [name] = within(dim, 2);
      return name ? textOf(name) : (within(dim, 1)[0]?.value ?? 0);
    }),
  });

  const model: Field = { number: 0, start: 0, end: bytes.length, value: undefined };
  const [graph] = within(model, 7);
  const outputs = graph ? within(graph, 12).map(signature) : [];
  if (!graph || outputs.length === 0) throw invalidOnnx(file, 'it holds no graph with outputs');
  return { inputs: within(graph, 11).map(signature), outputs };
}
