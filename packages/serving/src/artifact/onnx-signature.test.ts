import { encodeOnnx, gather, graph, input, valueOf } from '@ganymede/tensor';
import { expect, it } from 'vitest';
import { readSignature } from './onnx-signature.js';

it('reads inputs and outputs with names, dtypes and shapes, and no initializer', () => {
  const table = input('table', [3, 300]);
  const labels = input('labels', ['N'], 'int32');
  const rows = gather(table, labels, 0).mul(input('latent', ['N', 300]));
  const bytes = encodeOnnx(graph({ outputs: { rows, flags: rows.greater(0) } }), {
    initializers: { table: valueOf(new Float32Array(900), [3, 300]) },
  });
  const { inputs, outputs } = readSignature('model.onnx', bytes);
  expect(new Set(inputs)).toEqual(
    new Set([
      { name: 'labels', dtype: 'int32', shape: ['N'] },
      { name: 'latent', dtype: 'float32', shape: ['N', 300] },
    ]),
  );
  expect(outputs).toEqual([
    { name: 'rows', dtype: 'float32', shape: ['N', 300] },
    { name: 'flags', dtype: 'bool', shape: ['N', 300] },
  ]);
});

it('refuses a message without a graph', () => {
  expect(() => readSignature('model.onnx', Uint8Array.of(8, 8))).toThrow(/no graph/);
  expect(() => readSignature('model.onnx', new Uint8Array(0))).toThrow(/no graph/);
});
