import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Dtype, onnxDtype } from '../dtype.js';
import type { Attribute, OnnxAttributeKind } from '../operator.js';
import type { Value } from '../value.js';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
} from './gen/onnx_pb.js';
import { fromTensorProto } from './tensor-proto.js';

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** An attribute of the language as ONNX writes it. */
export function toAttributeProto(
  name: string,
  kind: OnnxAttributeKind,
  x: Attribute,
): MessageInitShape<typeof AttributeProtoSchema> {
  switch (kind) {
    case 'int':
      return { name, type: AttributeProto_AttributeType.INT, i: BigInt(Number(x)) };
    case 'ints':
      return { name, type: AttributeProto_AttributeType.INTS, ints: (x as readonly number[]).map(BigInt) };
    case 'float':
      return { name, type: AttributeProto_AttributeType.FLOAT, f: Number(x) };
    case 'string':
      return { name, type: AttributeProto_AttributeType.STRING, s: utf8.encode(String(x)) };
    case 'strings':
      return {
        name,
        type: AttributeProto_AttributeType.STRINGS,
        strings: (x as readonly string[]).map((item) => utf8.encode(item)),
      };
    case 'dtype':
      return { name, type: AttributeProto_AttributeType.INT, i: BigInt(onnxDtype[x as Dtype]) };
  }
}

/** An attribute as the language holds it. */
export function fromAttributeProto(
  proto: AttributeProto,
): number | string | readonly number[] | readonly string[] | Value | undefined {
  switch (proto.type) {
    case AttributeProto_AttributeType.INT:
      return Number(proto.i);
    case AttributeProto_AttributeType.FLOAT:
      return proto.f;
    case AttributeProto_AttributeType.STRING:
      return text.decode(proto.s);
    case AttributeProto_AttributeType.INTS:
      return proto.ints.map(Number);
    case AttributeProto_AttributeType.FLOATS:
      return proto.floats;
    case AttributeProto_AttributeType.STRINGS:
      return proto.strings.map((item) => text.decode(item));
    case AttributeProto_AttributeType.TENSOR:
      return proto.t === undefined ? undefined : fromTensorProto(proto.t);
    default:
      return undefined;
  }
}
