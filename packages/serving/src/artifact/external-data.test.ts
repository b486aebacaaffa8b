import { encodeOnnx, graph, input, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { refuseExternalData } from './external-data.js';

const code = (bytes: Uint8Array): string | undefined => {
  try {
    refuseExternalData('model.onnx', bytes);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return undefined;
};

/** A length-delimited field of a protocol buffer message. */
const field = (number: number, ...parts: (readonly number[] | Uint8Array)[]): number[] => {
  const body = parts.flatMap((part) => [...part]);
  const tag = number * 8 + 2;
  // A field number above 15 takes a tag of two bytes; bodies here are shorter than 128.
  return [...(tag < 128 ? [tag] : [(tag & 127) | 128, tag >> 7]), body.length, ...body];
};
/** `data_location: EXTERNAL`. */
const location = [14 * 8, 1];
const externalData = field(13, field(1, [0x61]), field(2, [0x62]));

it('accepts weights inside the file', () => {
  const kernel = input('kernel', [2]);
  const bytes = encodeOnnx(graph({ outputs: { y: input('x', ['N', 2]).mul(kernel) } }), {
    initializers: { kernel: valueOf([1, 2]) },
  });
  expect(code(bytes)).toBeUndefined();
});

it('refuses external weights wherever a model may keep them', () => {
  const tensor = [1 * 8, 4, ...location];
  const places: Record<string, number[]> = {
    initializer: field(7, field(5, tensor)),
    'initializer without a location': field(7, field(5, externalData)),
    'node attribute': field(7, field(1, field(5, field(5, tensor)))),
    'attribute list': field(7, field(1, field(5, field(10, tensor)))),
    subgraph: field(7, field(1, field(5, field(6, field(5, tensor))))),
    'sparse initializer': field(7, field(15, field(1, tensor))),
    'training graph': field(20, field(1, field(5, tensor))),
    function: field(25, field(7, field(5, field(5, tensor)))),
  };
  for (const [place, bytes] of Object.entries(places)) {
    expect(code(Uint8Array.from(bytes)), place).toBe('GANYMEDE_ONNX_EXTERNAL_DATA');
  }
});

it('accepts an explicit default location', () => {
  expect(code(Uint8Array.from(field(7, field(5, [14 * 8, 0]))))).toBeUndefined();
});

it('refuses bytes that are no message', () => {
  for (const bytes of [[0x0a], [0x0a, 0xff], [0x07], [0xff, 0xff, 0xff], Array(20).fill(0xff)]) {
    expect(code(Uint8Array.from(bytes))).toBe('GANYMEDE_ONNX_INVALID');
  }
});
