import { create } from '@bufbuild/protobuf';
import { allocate, bytesPerElement, type DataOf, type Dtype, onnxDtype } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { type Value, value } from '../value.js';
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

/** The dtype of an ONNX `DataType` number. `GANYMEDE_ONNX_UNSUPPORTED` for one the language lacks. */
export function dtypeOf(number: number | undefined, what: string): Dtype {
  const found = Object.entries(onnxDtype).find(([, n]) => n === number);
  // Object.entries loses the key type of onnxDtype.
  if (found !== undefined) return found[0] as Dtype;
  throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
    message: `${what} has ONNX element type ${number}`,
    hint: `supported: ${Object.entries(onnxDtype)
      .map(([name, n]) => `${name} (${n})`)
      .join(', ')}`,
    data: { elementType: number },
  });
}

/** An ONNX tensor as a value, from raw bytes or from the typed fields. */
export function fromTensorProto(proto: TensorProto): Value {
  const what = `tensor "${proto.name}"`;
  if (proto.dataLocation === TensorProto_DataLocation.EXTERNAL) {
    throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
      message: `${what} keeps its data in another file`,
      hint: 'save the model as one file',
    });
  }
  const dtype = dtypeOf(proto.dataType, what);
  const shape = proto.dims.map(Number);
  const length = shape.reduce((a, b) => a * b, 1);
  const invalid = (problem: string): never => {
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', {
      message: `${what} of shape [${shape.join(', ')}] ${problem}`,
    });
  };
  if (shape.some((d) => d < 0) || !Number.isSafeInteger(length)) invalid('has no such shape');
  if (proto.rawData.length > 0 || length === 0) {
    const wanted = length * bytesPerElement(dtype);
    if (proto.rawData.length !== wanted) invalid(`has ${proto.rawData.length} bytes instead of ${wanted}`);
    const data: DataOf[Dtype] = allocate(dtype, length);
    new Uint8Array(data.buffer).set(proto.rawData);
    return value<Dtype>(dtype, shape, data);
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
