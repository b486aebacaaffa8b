import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as Kind,
  ModelProtoSchema,
  type NodeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from '../src/onnx/gen/onnx_pb.js';
import { toTensorProto } from '../src/onnx/tensor-proto.js';
import type * as t from '../src/index.js';

export type Node = MessageInitShape<typeof NodeProtoSchema>;

/** An attribute, its kind told by the value: whole numbers are integers. */
function attribute(name: string, x: number | string | number[] | t.Value | { readonly float: number }) {
  if (typeof x === 'string') return { name, type: Kind.STRING, s: new TextEncoder().encode(x) };
  if (typeof x === 'number') return { name, type: Kind.INT, i: BigInt(x) };
  if (Array.isArray(x)) return { name, type: Kind.INTS, ints: x.map(BigInt) };
  if ('float' in x) return { name, type: Kind.FLOAT, f: x.float };
  return { name, type: Kind.TENSOR, t: toTensorProto('', x) };
}

/** A node, its attributes as plain values. */
export const node = (
  opType: string,
  input: string[],
  output: string | string[],
  attributes: Parameters<typeof attribute>[1] extends infer V ? Record<string, V> : never = {},
): Node => ({
  opType,
  input,
  output: [output].flat(),
  attribute: Object.entries(attributes).map(([name, x]) => attribute(name, x)),
});

/** A declared input; `null` is a dimension without a size and a name. */
export const tensorInfo = (
  name: string,
  shape: (number | string | null)[],
  elemType = 1,
): MessageInitShape<typeof ValueInfoProtoSchema> => ({
  name,
  type: {
    value: {
      case: 'tensorType',
      value: {
        elemType,
        shape: {
          dim: shape.map((d) => {
            if (d === null) return {};
            return typeof d === 'number'
              ? { value: { case: 'dimValue' as const, value: BigInt(d) } }
              : { value: { case: 'dimParam' as const, value: d } };
          }),
        },
      },
    },
  },
});

/** A file as another tool may write it. */
export function file(
  node: Node[],
  {
    inputs = [tensorInfo('x', ['N', 2, 4, 4])],
    initializers = {},
    extra = [],
    opset = 17,
  }: {
    inputs?: MessageInitShape<typeof ValueInfoProtoSchema>[];
    initializers?: Record<string, t.Value>;
    extra?: MessageInitShape<typeof TensorProtoSchema>[];
    opset?: number;
  } = {},
): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: '', version: BigInt(opset) }],
    producerName: 'test',
    metadataProps: [{ key: 'a', value: 'b' }],
    graph: {
      name: 'model',
      node,
      initializer: [...Object.entries(initializers).map(([name, x]) => toTensorProto(name, x)), ...extra],
      input: inputs,
      output: [{ name: 'y' }],
    },
  });
  return toBinary(ModelProtoSchema, model);
}
