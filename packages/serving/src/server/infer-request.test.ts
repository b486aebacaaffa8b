import { expect, it } from 'vitest';
import type { Manifest } from '../artifact/manifest.js';
import { readInferRequest } from './infer-request.js';
import { RequestError } from './request-error.js';

// The parts of a manifest that requests are checked against.
const manifest = {
  inputs: [
    { name: 'latent', dtype: 'float32', shape: ['N', 2], role: 'latent' },
    { name: 'labels', dtype: 'int64', shape: ['N'], role: 'condition', classes: 3 },
  ],
  outputs: [
    { name: 'images', dtype: 'float32', shape: ['N', 1] },
    { name: 'extra', dtype: 'bool', shape: ['N'] },
  ],
} as unknown as Manifest;

const latent = { name: 'latent', datatype: 'FP32', shape: [2, 2], data: [1, 2, 3, 4] };
const labels = { name: 'labels', datatype: 'INT64', shape: [2], data: [0, 2] };
const read = (body: unknown) => readInferRequest(body, manifest, 4);
const refusal = (body: unknown): string => {
  try {
    read(body);
  } catch (error) {
    if (error instanceof RequestError && error.status === 400) return error.message;
    throw error;
  }
  throw new Error('was accepted');
};

it('reads flat and nested data, keeps the id, ignores parameters and members it does not know', () => {
  const flat = read({ id: 'a1', model_name: 'x', parameters: { timeout: 5 }, inputs: [latent, labels] });
  const nested = read({
    inputs: [
      {
        ...latent,
        parameters: { a: 1 },
        data: [
          [1, 2],
          [3, 4],
        ],
      },
      labels,
    ],
  });
  expect(flat.id).toBe('a1');
  expect(flat.inputs.latent).toEqual({ dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
  expect(flat.inputs.labels?.data).toEqual(BigInt64Array.of(0n, 2n));
  expect(nested.inputs).toEqual(flat.inputs);
  expect(nested).not.toHaveProperty('id');
});

it('sends all outputs, or those asked for, in that order', () => {
  expect(read({ inputs: [latent, labels] }).outputs).toEqual(['images', 'extra']);
  expect(read({ inputs: [latent, labels], outputs: [{ name: 'extra' }] }).outputs).toEqual(['extra']);
});

const cases: readonly (readonly [what: string, body: unknown, message: RegExp])[] = [
  ['no object', [1], /JSON object/],
  ['null', null, /JSON object/],
  ['no inputs', {}, /"inputs"/],
  ['an id that is a number', { id: 1, inputs: [] }, /"id"/],
  ['parameters that are a list', { parameters: [], inputs: [] }, /"parameters"/],
  ['an input without a name', { inputs: [{}] }, /"name"/],
  ['an unknown input', { inputs: [{ ...latent, name: 'z' }] }, /unknown input "z".*'latent'/],
  ['a missing input', { inputs: [latent] }, /missing input 'labels'/],
  ['an input twice', { inputs: [latent, latent, labels] }, /'latent' is given twice/],
  [
    'another datatype',
    { inputs: [{ ...latent, datatype: 'FP64' }, labels] },
    /expected datatype FP32, got "FP64"/,
  ],
  ['no shape', { inputs: [{ ...latent, shape: undefined }, labels] }, /"shape"/],
  ['a negative dimension', { inputs: [{ ...latent, shape: [-1, 2] }, labels] }, /"shape"/],
  ['a fraction as dimension', { inputs: [{ ...latent, shape: [1.5, 2] }, labels] }, /"shape"/],
  ['another rank', { inputs: [{ ...latent, shape: [4] }, labels] }, /expected shape \[-1, 2\], got \[4\]/],
  ['another size', { inputs: [{ ...latent, shape: [2, 3] }, labels] }, /expected shape \[-1, 2\]/],
  ['a huge batch', { inputs: [{ ...latent, shape: [2 ** 40, 2] }, labels] }, /1 to 4 samples/],
  ['no samples', { inputs: [{ ...latent, shape: [0, 2], data: [] }, labels] }, /1 to 4 samples/],
  ['too few numbers', { inputs: [{ ...latent, data: [1, 2, 3] }, labels] }, /holds 4 elements, "data" has 3/],
  [
    'too many numbers',
    { inputs: [{ ...latent, data: [1, 2, 3, 4, 5] }, labels] },
    /holds 4 elements, "data" has 5/,
  ],
  ['data that is no list', { inputs: [{ ...latent, data: '1234' }, labels] }, /"data"/],
  [
    'nested otherwise than the shape',
    { inputs: [{ ...latent, data: [[1, 2, 3], [4]] }, labels] },
    /array of 2 at depth 1/,
  ],
  [
    'nested too deeply',
    {
      inputs: [
        {
          ...latent,
          data: [
            [[1], [2]],
            [[3], [4]],
          ],
        },
        labels,
      ],
    },
    /element 0 is not a finite/,
  ],
  ['text', { inputs: [{ ...latent, data: ['1', 2, 3, 4] }, labels] }, /element 0 is not a finite FP32/],
  ['null as number', { inputs: [{ ...latent, data: [null, 2, 3, 4] }, labels] }, /element 0/],
  [
    'a number beyond float32',
    { inputs: [{ ...latent, data: [1e39, 2, 3, 4] }, labels] },
    /element 0 is not a finite FP32/,
  ],
  [
    'a class beyond the last',
    { inputs: [latent, { ...labels, data: [0, 3] }] },
    /element 1 is not a whole number from 0 to 2/,
  ],
  ['a fraction as class', { inputs: [latent, { ...labels, data: [0, 0.5] }] }, /element 1/],
  [
    'batches that differ',
    { inputs: [latent, { ...labels, shape: [1], data: [0] }] },
    /differ in batch size: 2 and 1/,
  ],
  ['binary data', { inputs: [{ ...latent, parameters: { binary_data_size: 16 } }, labels] }, /binary/],
  ['an unknown output', { inputs: [latent, labels], outputs: [{ name: 'x' }] }, /unknown output "x"/],
  ['no output', { inputs: [latent, labels], outputs: [] }, /"outputs"/],
  [
    'an output twice',
    { inputs: [latent, labels], outputs: [{ name: 'extra' }, { name: 'extra' }] },
    /asked for twice/,
  ],
  ['a name of the object prototype', { inputs: [{ ...latent, name: '__proto__' }] }, /unknown input/],
];

for (const [what, body, message] of cases) {
  it(`refuses ${what}`, () => expect(refusal(body)).toMatch(message));
}
