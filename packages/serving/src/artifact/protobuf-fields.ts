import { GanymedeError } from '@ganymede/tensor';

/** One field of a protocol buffer message. */
export interface Field {
  readonly number: number;
  /** Where its content starts. */
  readonly start: number;
  /** Of a length-delimited field, where it ends. */
  readonly end?: number;
  /** Of a field that holds a varint, its number (exact below 2^53). */
  readonly value: number | undefined;
}

/**
 * The fields of the message at `[from, to)`, without knowing its type: enough to look into an ONNX file without decoding it.
 * Throws `GANYMEDE_ONNX_INVALID` for bytes that are no such message.
 */
export function* fieldsOf(file: string, bytes: Uint8Array, from: number, to: number): Generator<Field> {
  let at = from;
  const varint = (): number => {
    let result = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= to) throw invalidOnnx(file, 'it ends in the middle of a number');
      const byte = bytes[at++] as number;
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
    throw invalidOnnx(file, 'it holds a number of more than 10 bytes');
  };
  while (at < to) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === 0) {
      yield { number, start: at, value: varint() };
      continue;
    }
    const length = wire === 2 ? varint() : ({ 1: 8, 5: 4 } as const)[wire];
    if (length === undefined || number === 0) throw invalidOnnx(file, `it has a field of wire type ${wire}`);
    if (length > to - at) throw invalidOnnx(file, 'it ends in the middle of a field');
    yield { number, start: at, ...(wire === 2 ? { end: at + length } : {}), value: undefined };
    at += length;
  }
}

/** The error for bytes that are no ONNX model. */
export const invalidOnnx = (file: string, what: string, cause?: unknown): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_INVALID', {
    message: `${file} is not an ONNX model: ${what}`,
    hint: 'name the .onnx file that `ganymede export <run>` wrote',
    data: { file },
    cause,
  });
