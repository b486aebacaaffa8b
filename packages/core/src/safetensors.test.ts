import { filled, GanymedeError, numbersOf, type Value, valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

const tensors: Record<string, Value> = {
  'b/flags': valueOf([1, 0, 1], [3], 'bool'),
  'b/bytes': valueOf([1, 2, 255], [3, 1], 'uint8'),
  'a/kernel': valueOf([1.5, -2, Number.NaN, Number.NEGATIVE_INFINITY], [2, 2]),
  count: valueOf(7, [], 'int32'),
  big: valueOf([2 ** 40, -1], [2], 'int64'),
  exact: valueOf([Math.PI], [1], 'float64'),
  empty: filled([0, 4], 0),
};

/** A file with the header `json` and `bytes` bytes of data. */
function file(json: unknown, bytes: number): Uint8Array {
  const header = new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json));
  const out = new Uint8Array(8 + header.length + bytes);
  new DataView(out.buffer).setBigUint64(0, BigInt(header.length), true);
  out.set(header, 8);
  return out;
}

describe('safetensors', () => {
  it('gives back every dtype, bit for bit', () => {
    const decoded = decodeSafetensors(encodeSafetensors(tensors, { format: 'ganymede' }));
    expect(decoded.metadata).toEqual({ format: 'ganymede' });
    expect(Object.keys(decoded.tensors).sort()).toEqual(Object.keys(tensors).sort());
    for (const [name, x] of Object.entries(tensors)) {
      expect(decoded.tensors[name]).toEqual(x);
      expect(numbersOf(decoded.tensors[name] as Value)).toEqual(numbersOf(x));
    }
  });

  it('writes the same bytes whatever the order of the entries, tensors aligned', () => {
    const reversed = Object.fromEntries(Object.entries(tensors).reverse());
    const bytes = encodeSafetensors(tensors);
    expect(encodeSafetensors(reversed)).toEqual(bytes);
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(Object.keys(header)).toEqual(['big', 'exact', 'a/kernel', 'count', 'empty', 'b/bytes', 'b/flags']);
    expect(header['a/kernel']).toEqual({ dtype: 'F32', shape: [2, 2], data_offsets: [24, 40] });
  });

  const entry = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(3), 'too few'],
    ['a header beyond the file', file('{}', 0).subarray(0, 9), 'the file ends before'],
    ['no JSON', file('{"a":', 0), 'not JSON'],
    ['a list', file('[]', 0), 'not an object'],
    ['an unknown dtype', file({ a: { ...entry, dtype: 'F13' } }, 4), 'unknown dtype "F13"'],
    ['a negative size', file({ a: { ...entry, shape: [-1] } }, 4), 'no valid shape'],
    ['offsets of text', file({ a: { ...entry, data_offsets: ['0', 4] } }, 4), 'no valid data_offsets'],
    ['offsets outside', file({ a: { ...entry, data_offsets: [4, 8] } }, 4), 'outside'],
    ['offsets turned round', file({ a: { ...entry, data_offsets: [4, 0] } }, 4), 'outside'],
    ['a shape that does not fit', file({ a: { ...entry, shape: [2] } }, 4), 'needs 8 bytes'],
    ['an overlap', file({ a: entry, b: entry }, 4), 'overlap'],
    ['a gap', file({ a: entry, b: { ...entry, data_offsets: [8, 12] } }, 12), 'gap'],
    ['bytes left over', file({ a: entry }, 8), 'end at byte 4'],
    ['bytes missing', file({ a: entry }, 3), 'outside'],
    ['metadata of numbers', file({ __metadata__: { a: 1 } }, 0), '__metadata__'],
  ])('refuses %s', (_, bytes, problem) => {
    try {
      decodeSafetensors(bytes);
      expect.unreachable();
    } catch (error) {
      expect(GanymedeError.is(error, 'GANYMEDE_SAFETENSORS')).toBe(true);
      expect((error as Error).message).toContain(problem);
    }
  });
});
