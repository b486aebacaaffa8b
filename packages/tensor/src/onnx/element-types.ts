import { type Dtype, onnxDtype } from '../dtype.js';
import { GanymedeError } from '../error.js';

/** ONNX's element types by their `TensorProto.DataType` number. */
const names = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
] as const;

/** The dtype of an ONNX `DataType` number. `GANYMEDE_ONNX_UNSUPPORTED`, naming the type, for one the language lacks. */
export function dtypeOf(number: number | undefined, what: string): Dtype {
  const found = Object.entries(onnxDtype).find(([, n]) => n === number);
  // Object.entries loses the key type of onnxDtype.
  if (found !== undefined) return found[0] as Dtype;
  const name = names[number ?? 0] ?? 'unknown';
  throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
    message: `${what} has elements of type ${name} (${number}), which the language lacks`,
    hint: `convert the model; supported: ${Object.keys(onnxDtype).join(', ')}`,
    data: { elementType: number, name },
  });
}
