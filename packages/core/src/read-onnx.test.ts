import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { encodeOnnx, evaluate, graph, input, valueOf } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOnnx } from './read-onnx.js';

const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >> 7)]);
/** A length-delimited field of a protocol buffer message. */
const field = (number: number, body: readonly number[] | Uint8Array | string): number[] => {
  const bytes = typeof body === 'string' ? [...Buffer.from(body)] : [...body];
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
};
const entry = (key: string, value: string): number[] => field(13, [...field(1, key), ...field(2, value)]);

/** The model y = x * w, its `w` (3 numbers) kept at `location`. Protocol buffers may be joined: their fields add up. */
function model(location: string, { offset = '0', length = '12', dims = [3] } = {}): Uint8Array {
  const x = input('x', ['N', 3]);
  const whole = encodeOnnx(graph({ outputs: { y: x.mul(input('w', [3])) } }));
  const tensor = [
    ...dims.flatMap((d) => [8, ...varint(d)]),
    ...[16, 1],
    ...field(8, 'w'),
    ...(location === '' ? [] : entry('location', location)),
    ...(offset === '' ? [] : entry('offset', offset)),
    ...(length === '' ? [] : entry('length', length)),
    ...[112, 1],
  ];
  return new Uint8Array([...whole, ...field(7, field(5, tensor))]);
}

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'ganymede-onnx-'));
  folder = path.join(root, 'model');
  mkdirSync(path.join(folder, 'weights'), { recursive: true });
  const data = new Uint8Array(new Float32Array([9, 2, 3, 4, 9]).buffer);
  for (const place of ['weights/w.bin', 'w.bin', '../secret.bin'])
    writeFileSync(path.join(folder, place), data);
  symlinkSync(path.join(root, 'secret.bin'), path.join(folder, 'link.bin'));
  symlinkSync(root, path.join(folder, 'up'));
  symlinkSync('w.bin', path.join(folder, 'inner.bin'));
  writeFileSync(path.join(folder, 'sparse.bin'), '');
  truncateSync(path.join(folder, 'sparse.bin'), 8);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const open = async (bytes: Uint8Array) => {
  const file = path.join(folder, 'model.onnx');
  writeFileSync(file, bytes);
  return readOnnx(file);
};
const problemOf = (bytes: Uint8Array): Promise<string> =>
  open(bytes).then(
    () => 'nothing',
    (error: { code?: string; message: string }) => `${error.code}: ${error.message}`,
  );

it('reads weights from files in the folder of the model', async () => {
  for (const location of ['w.bin', 'weights/w.bin', './weights/../w.bin', 'inner.bin']) {
    const opened = await open(model(location, { offset: '4' }));
    expect(opened.initializers.w?.data, location).toEqual(new Float32Array([2, 3, 4]));
    const { outputs } = opened.build();
    const { y } = evaluate(outputs, { x: valueOf([1, 1, 2], [1, 3]), ...opened.initializers });
    expect(y?.data).toEqual(new Float32Array([2, 3, 8]));
  }
  expect((await open(model('w.bin', { offset: '', length: '' }))).initializers.w?.data[0]).toBe(9);
});

describe('refuses', () => {
  it.each<[string, () => Uint8Array, RegExp]>([
    ['a path upwards', () => model('../secret.bin'), /outside its folder/],
    ['a path upwards and back', () => model('weights/../../secret.bin'), /outside its folder/],
    ['the folder itself', () => model('.'), /outside its folder/],
    ['an absolute path', () => model(path.join(root, 'secret.bin')), /absolute path/],
    ['an absolute path of Windows', () => model('C:\\secret.bin'), /absolute path/],
    ['a path upwards of Windows', () => model('..\\secret.bin'), /outside its folder/],
    ['a link out of the folder', () => model('link.bin'), /link that leads out/],
    ['a linked folder', () => model('up/secret.bin'), /link that leads out/],
    ['a folder', () => model('weights'), /no ordinary file/],
    ['a file that is not there', () => model('none.bin'), /does not exist/],
    ['a name with a zero byte', () => model('w.bin\0x'), /GANYMEDE_ONNX_EXTERNAL_DATA/],
    ['no name', () => model(''), /does not name/],
    ['a file that is too short', () => model('sparse.bin'), /8 bytes end before byte 12/],
    ['an offset behind the end', () => model('w.bin', { offset: '1000000' }), /20 bytes end before/],
    ['an offset that is no number', () => model('w.bin', { offset: '-4' }), /offset "-4" is no number/],
    ['another length than the shape takes', () => model('w.bin', { length: '8' }), /8 bytes instead of 12/],
    [
      'a shape larger than the file, without allocating it',
      () => model('w.bin', { length: '', dims: [2 ** 28, 2 ** 18] }),
      /20 bytes end before/,
    ],
  ])('%s', async (_, bytes, wanted) => {
    const problem = await problemOf(bytes());
    expect(problem).toMatch(/^GANYMEDE_ONNX_EXTERNAL_DATA: /);
    expect(problem).toMatch(wanted);
  });
});

it('names a file that does not exist', async () => {
  await expect(readOnnx(path.join(root, 'none.onnx'))).rejects.toMatchObject({
    code: 'GANYMEDE_ONNX_MISSING',
  });
});
