import { GanymedeError } from '@ganymede/tensor';
import { fieldsOf, invalidOnnx } from './protobuf-fields.js';

/**
 * Which fields of an ONNX message hold messages that may lead to a tensor (numbers of onnx.proto3). A field not named here is
 * skipped unread.
 */
const children: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
};

/** `TensorProto.external_data` and `TensorProto.data_location`. */
const externalFields = new Set([13, 14]);

const maxDepth = 32;

/**
 * Refuses a model that keeps weights in other files (`GANYMEDE_ONNX_EXTERNAL_DATA`): such a file names paths for the runtime to
 * read, and its checksum says nothing about them (CVE-2022-25882 and its successors). Works on the bytes, before any runtime
 * sees them. Throws `GANYMEDE_ONNX_INVALID` for bytes that are no protocol buffer message.
 */
export function refuseExternalData(file: string, bytes: Uint8Array): void {
  const stack: { kind: string; from: number; to: number; depth: number }[] = [
    { kind: 'model', from: 0, to: bytes.length, depth: 0 },
  ];
  for (let message = stack.pop(); message; message = stack.pop()) {
    const { kind, from, to, depth } = message;
    for (const field of fieldsOf(file, bytes, from, to)) {
      if (kind === 'tensor' && externalFields.has(field.number) && field.value !== 0) throw external(file);
      const child = children[kind]?.[field.number];
      if (child === undefined || field.end === undefined) continue;
      if (depth === maxDepth) throw invalidOnnx(file, 'it is nested too deeply');
      stack.push({ kind: child, from: field.start, to: field.end, depth: depth + 1 });
    }
  }
}

const external = (file: string): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_EXTERNAL_DATA', {
    message: `${file} keeps weights in other files, which Ganymede neither writes nor reads`,
    hint: 'export the generator again: ganymede export <run>',
    data: { file },
  });
