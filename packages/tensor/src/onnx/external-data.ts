import { GanymedeError } from '../error.js';
import type { TensorProto } from './gen/onnx_pb.js';

/** Where a file keeps the elements of one tensor outside itself. */
export interface ExternalData {
  readonly tensor: string;
  /** A path relative to the model's folder, as the file says it: whoever reads it must check where it leads. */
  readonly location: string;
  readonly offset: number;
  /** Bytes: what the tensor's shape and dtype take. */
  readonly length: number;
}

/** Gives the bytes of external data, exactly `length` of them. */
export type ExternalReader = (data: ExternalData) => Uint8Array;

const wrong = (name: string, problem: string): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_EXTERNAL_DATA', {
    message: `tensor "${name}" keeps its data in another file, ${problem}`,
    hint: 'open the model with readOnnx, which looks in its folder, or save it as one file',
    data: { tensor: name },
  });

/** Reads the elements that a tensor keeps in another file, `length` bytes. `GANYMEDE_ONNX_EXTERNAL_DATA` if that cannot be. */
export function readExternal(
  { name, externalData }: TensorProto,
  length: number,
  read: ExternalReader | undefined,
): Uint8Array {
  if (read === undefined) throw wrong(name, 'and only bytes were given');
  const entries = new Map(externalData.map(({ key, value }) => [key, value]));
  const location = entries.get('location') ?? '';
  const number = (key: string, fallback: number): number => {
    const text = entries.get(key);
    const n = text === undefined ? fallback : Number(text);
    if (text === '' || !Number.isSafeInteger(n) || n < 0)
      throw wrong(name, `whose ${key} "${text}" is no number`);
    return n;
  };
  if (location === '') throw wrong(name, 'which it does not name');
  const own = number('length', length);
  if (own !== length) throw wrong(name, `where it has ${own} bytes instead of ${length}`);
  const bytes = read({ tensor: name, location, offset: number('offset', 0), length });
  if (bytes.length === length) return bytes;
  throw wrong(name, `of which ${bytes.length} bytes instead of ${length} were read`);
}
