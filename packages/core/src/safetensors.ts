import {
  allocate,
  bytesPerElement,
  type DataOf,
  type Dtype,
  GanymedeError,
  type Value,
  value,
} from '@ganymede/tensor';

const codes: Readonly<Record<Dtype, string>> = {
  float32: 'F32',
  float64: 'F64',
  int32: 'I32',
  int64: 'I64',
  bool: 'BOOL',
  uint8: 'U8',
};
const dtypes = new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as Dtype]));

const bytesOf = ({ data }: Value): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/**
 * A safetensors file in pieces to be written one after the other; the tensors' own memory is not copied. Tensors lie sorted by
 * element size (largest first, which keeps them aligned), then by name, so equal contents make equal bytes.
 */
export function safetensorsParts(
  tensors: Readonly<Record<string, Value>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const order = Object.entries(tensors).sort(
    ([a, x], [b, y]) => bytesPerElement(y.dtype) - bytesPerElement(x.dtype) || (a < b ? -1 : 1),
  );
  let offset = 0;
  const entries: [string, unknown][] = order.map(([name, x]) => {
    const start = offset;
    offset += x.data.byteLength;
    return [name, { dtype: codes[x.dtype], shape: x.shape, data_offsets: [start, offset] }];
  });
  const keys = Object.keys(metadata).sort();
  if (keys.length > 0)
    entries.unshift(['__metadata__', Object.fromEntries(keys.map((key) => [key, metadata[key]]))]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(json.length / 8) * 8;
  const header = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, 8);
  return [header, ...order.map(([, x]) => bytesOf(x))];
}

/** Encodes tensors and text metadata as one safetensors file. */
export const encodeSafetensors = (
  tensors: Readonly<Record<string, Value>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array => {
  const parts = safetensorsParts(tensors, metadata);
  const file = new Uint8Array(parts.reduce((bytes, part) => bytes + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    file.set(part, offset);
    offset += part.byteLength;
  }
  return file;
};

const refuse = (problem: string): never => {
  throw new GanymedeError('GANYMEDE_SAFETENSORS', {
    message: `not a valid safetensors file: ${problem}`,
    hint: 'the file is cut short, altered, or of another format; use another copy or an earlier checkpoint',
  });
};

interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

const isCount = (x: unknown): x is number => Number.isSafeInteger(x) && (x as number) >= 0;
const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && !Array.isArray(x);

function readEntry(name: string, entry: unknown, size: number): Entry {
  if (!isRecord(entry)) return refuse(`"${name}" is not described by an object`);
  const dtype =
    dtypes.get(String(entry.dtype)) ?? refuse(`"${name}" has the unknown dtype "${String(entry.dtype)}"`);
  const { shape, data_offsets: offsets } = entry;
  if (!Array.isArray(shape) || !shape.every(isCount)) return refuse(`"${name}" has no valid shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    return refuse(`"${name}" has no valid data_offsets`);
  }
  const [start, end] = offsets as [number, number];
  if (end < start || end > size)
    return refuse(`"${name}" lies at ${start}-${end}, outside the ${size} bytes of data`);
  const bytes = shape.reduce((product: number, d: number) => product * d, 1) * bytesPerElement(dtype);
  if (bytes !== end - start)
    return refuse(`"${name}" needs ${bytes} bytes for its shape, but has ${end - start}`);
  return { name, dtype, shape, start, end };
}

function readHeader(file: Uint8Array): { json: Readonly<Record<string, unknown>>; data: Uint8Array } {
  if (file.byteLength < 8) refuse(`${file.byteLength} bytes are too few`);
  const length = new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(file.byteLength - 8))
    refuse(`a header of ${length} bytes is announced, but the file ends before`);
  const data = file.subarray(8 + Number(length));
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, 8 + Number(length))));
  } catch {
    refuse('its header is not JSON');
  }
  return isRecord(json) ? { json, data } : refuse('its header is not an object');
}

/**
 * Decodes a safetensors file strictly: every byte of data belongs to exactly one tensor, every size fits. Values are copies.
 * Throws `GANYMEDE_SAFETENSORS` saying what is wrong.
 */
export function decodeSafetensors(file: Uint8Array): {
  readonly tensors: Record<string, Value>;
  readonly metadata: Readonly<Record<string, string>>;
} {
  const { json, data } = readHeader(file);
  const { __metadata__: metadata = {}, ...rest } = json;
  if (!isRecord(metadata) || !Object.values(metadata).every((x) => typeof x === 'string')) {
    refuse('its __metadata__ is not a map of texts');
  }
  const entries = Object.entries(rest).map(([name, entry]) => readEntry(name, entry, data.byteLength));
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  let end = 0;
  for (const entry of entries) {
    if (entry.start !== end)
      refuse(`"${entry.name}" begins at byte ${entry.start}, expected ${end}: a gap or an overlap`);
    end = entry.end;
  }
  if (end !== data.byteLength)
    refuse(`its tensors end at byte ${end}, but there are ${data.byteLength} bytes of data`);
  const tensors = entries.map(({ name, dtype, shape, start, end: stop }) => {
    const elements = allocate(dtype, (stop - start) / bytesPerElement(dtype)) as DataOf[Dtype];
    new Uint8Array(elements.buffer).set(data.subarray(start, stop));
    return [name, value(dtype, shape, elements)] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata: metadata as Readonly<Record<string, string>> };
}
