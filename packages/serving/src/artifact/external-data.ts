import { GanymedeError } from '@ganymede/tensor';

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
      if (kind === 'tensor' && externalFields.has(field.number) && !field.isDefault) throw external(file);
      const child = children[kind]?.[field.number];
      if (child === undefined || field.end === undefined) continue;
      if (depth === maxDepth) throw invalid(file, 'it is nested too deeply');
      stack.push({ kind: child, from: field.start, to: field.end, depth: depth + 1 });
    }
  }
}

interface Field {
  readonly number: number;
  readonly start: number;
  /** Of a length-delimited field, where it ends. */
  readonly end?: number;
  /** A number that is 0, the same as a field left out. */
  readonly isDefault: boolean;
}

function* fieldsOf(file: string, bytes: Uint8Array, from: number, to: number): Generator<Field> {
  let at = from;
  const varint = (): number => {
    let result = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= to) throw invalid(file, 'it ends in the middle of a number');
      const byte = bytes[at++] as number;
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
    throw invalid(file, 'it holds a number of more than 10 bytes');
  };
  while (at < to) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === 0) {
      yield { number, start: at, isDefault: varint() === 0 };
      continue;
    }
    const length = wire === 2 ? varint() : ({ 1: 8, 5: 4 } as const)[wire];
    if (length === undefined || number === 0) throw invalid(file, `it has a field of wire type ${wire}`);
    if (length > to - at) throw invalid(file, 'it ends in the middle of a field');
    yield { number, start: at, ...(wire === 2 ? { end: at + length } : {}), isDefault: false };
    at += length;
  }
}

const invalid = (file: string, what: string): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_INVALID', {
    message: `${file} is not an ONNX model: ${what}`,
    hint: 'name the .onnx file that `ganymede export <run>` wrote',
    data: { file },
  });

const external = (file: string): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_EXTERNAL_DATA', {
    message: `${file} keeps weights in other files, which Ganymede neither writes nor reads`,
    hint: 'export the generator again: ganymede export <run>',
    data: { file },
  });
