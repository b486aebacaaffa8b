import { create } from '@bufbuild/protobuf';
import { allocate, bytesPerElement, type DataOf, type Dtype, onnxDtype } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { type Value, value } from '../value.js';
import { dtypeOf } from './element-types.js';
import { type ExternalReader, readExternal } from './external-data.js';
import { type TensorProto, TensorProto_DataLocation, TensorProtoSchema } from './gen/onnx_pb.js';

/** ONNX stores little-endian bytes; so does every platform that Node runs on, which makes them the array's own. */
const bytesOf = ({ data }: Value): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** A value as an ONNX tensor. Shares the value's memory. */
export function toTensorProto(name: string, x: Value): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: x.shape.map(BigInt),
    dataType: onnxDtype[x.dtype],
    rawData: bytesOf(x),
  });
}

/**
 * An ONNX tensor as a value: from raw bytes, the typed fields, or another file. Nothing is allocated before the file has shown
 * that it holds as many elements as the shape says.
 */
export function fromTensorProto(proto: TensorProto, external?: ExternalReader): Value {
  const what = `tensor "${proto.name}"`;
  const dtype = dtypeOf(proto.dataType, what);
  const shape = proto.dims.map(Number);
  const invalid = (problem: string): never => {
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', {
      message: `${what} of shape [${shape.join(', ')}] ${problem}`,
      hint: 'is the file complete?',
    });
  };
  const length = shape.reduce((a, b) => a * b, 1);
  const wanted = length * bytesPerElement(dtype);
  if (shape.some((d) => d < 0 || !Number.isSafeInteger(d)) || !Number.isSafeInteger(wanted))
    invalid('has no such shape');
  if (proto.segment !== undefined) invalid('is one part of a tensor');
  if (proto.dataLocation === TensorProto_DataLocation.EXTERNAL)
    return fromBytes(dtype, shape, readExternal(proto, wanted, external));
  if (proto.rawData.length > 0 || length === 0) {
    if (proto.rawData.length !== wanted) invalid(`has ${proto.rawData.length} bytes instead of ${wanted}`);
    return fromBytes(dtype, shape, proto.rawData);
  }
  const listed = {
    float32: proto.floatData,
    float64: proto.doubleData,
    int64: proto.int64Data,
    int32: proto.int32Data,
    bool: proto.int32Data,
    uint8: proto.int32Data,
  }[dtype];
  if (listed.length !== length) invalid(`has ${listed.length} elements`);
  const data: DataOf[Dtype] = allocate(dtype, length);
  // Either both hold bigint (int64) or both hold numbers; one static type serves for the copy.
  (data as Float32Array).set(listed as number[]);
  return value<Dtype>(dtype, shape, data);
}

/** A copy: typed arrays want aligned memory, and the file's bytes may go. */
function fromBytes(dtype: Dtype, shape: readonly number[], bytes: Uint8Array): Value {
  const data: DataOf[Dtype] = allocate(dtype, bytes.length / bytesPerElement(dtype));
  new Uint8Array(data.buffer).set(bytes);
  return value<Dtype>(dtype, shape, data);
}
