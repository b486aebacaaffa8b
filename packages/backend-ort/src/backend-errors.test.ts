import { constant, defineOperator, gather, graph, input, makeTensor, value, valueOf } from '@ganymede/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '@ganymede/core';
import { ortBackend } from './ort-backend.js';

describe('errors of the backend', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await ortBackend({ device: 'cpu', threads: 1 });
  });
  afterAll(() => backend.dispose());

  it('GANYMEDE_BACKEND_OPERATOR names an operator that ONNX Runtime does not know', async () => {
    const unknown = defineOperator({
      name: 'Unheard',
      infer: ([x]) => ({ dtype: x?.dtype ?? 'float32', shape: x?.shape ?? [] }),
      evaluate: ([x]) => x?.data ?? new Float32Array(),
      onnx: {},
    });
    const y = makeTensor(unknown, [input('x', [2], 'float32')], {});
    await expect(backend.compile(graph({ outputs: { y } }))).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_OPERATOR',
      data: { operators: ['Unheard'] },
    });
  });

  it('GANYMEDE_BACKEND_OPERATOR names an operator without a kernel for the dtype', async () => {
    const x = input('x', [2, 2, 4, 4], 'float64');
    const y = x.transpose([1, 0, 2, 3]).tanh();
    const conv = (await import('@ganymede/tensor')).conv(y, input('w', [2, 2, 3, 3], 'float64'));
    await expect(backend.compile(graph({ outputs: { conv } }))).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_OPERATOR',
      message: expect.stringContaining('"Conv"'),
    });
  });

  it('GANYMEDE_BACKEND_RUN names the node that failed', async () => {
    const table = constant(value('float32', [3, 1], Float32Array.of(1, 2, 3)));
    const executable = await backend.compile(
      graph({ outputs: { y: gather(table, input('ids', [2], 'int64')).mul(input('x', [], 'float32')) } }),
    );
    const feeds = { ids: valueOf([0, 7], [2], 'int64'), x: valueOf(1) };
    await expect(executable.run(feeds)).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_RUN',
      message: expect.stringMatching(/while running node "Gather[^"]*".*out of/s),
    });
    await executable.dispose();
  });

  it('GANYMEDE_FEED refuses a constant that is not an input, or does not fit', async () => {
    const program = graph({ outputs: { y: input('weight', [2], 'float32').mul(2) } });
    await expect(backend.compile(program, { constants: { weights: valueOf([1, 2]) } })).rejects.toMatchObject(
      {
        code: 'GANYMEDE_FEED',
        hint: 'did you mean "weight"?',
      },
    );
    await expect(
      backend.compile(program, { constants: { weight: valueOf([1, 2, 3]) } }),
    ).rejects.toMatchObject({
      code: 'GANYMEDE_FEED',
    });
  });
});
