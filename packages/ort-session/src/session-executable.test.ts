import { feedSignature, GanymedeError } from '@ganymede/core';
import { graph, input, valueOf } from '@ganymede/tensor';
import { Tensor } from 'onnxruntime-common';
import { expect, test } from 'vitest';
import { valueOfTensor } from './held.js';
import { runOfTensors, sessionExecutable } from './session-executable.js';

const program = graph({ outputs: { y: input('x', [2]).mul(2) } });
const made = (run: (x: Tensor) => Tensor, closed: string[] = []) =>
  sessionExecutable({
    signature: feedSignature(program, {}),
    checkSizes: () => {},
    outputs: ['y'],
    nodes: 1,
    device: 'cpu',
    backend: 'ort',
    run: runOfTensors({ Tensor }, async ({ x }) => ({ y: run(x as Tensor) }), valueOfTensor),
    onDispose: async () => void closed.push('closed'),
  });
const doubled = (x: Tensor): Tensor =>
  new Tensor(
    'float32',
    (x.data as Float32Array).map((v) => 2 * v),
    x.dims,
  );
const codeOf = (error: unknown): string | undefined => (GanymedeError.is(error) ? error.code : undefined);

test('values go in and come out', async () => {
  const executable = made(doubled);
  const { y } = await executable.run({ x: valueOf([1, 2.5], [2]) });
  expect(y).toEqual({ dtype: 'float32', shape: [2], data: Float32Array.of(2, 5) });
  expect([executable.inputs, executable.outputs, executable.nodes]).toEqual([['x'], ['y'], 1]);
});

test('what does not fit is refused before the runtime sees it, what fails there has a code', async () => {
  const feed = await made(doubled)
    .run({ x: valueOf([1, 2, 3], [3]) })
    .catch(codeOf);
  expect(feed).toBe('GANYMEDE_FEED');
  const failing = made(() => {
    throw new Error('no');
  });
  expect(await failing.run({ x: valueOf([1, 2], [2]) }).catch(codeOf)).toBe('GANYMEDE_BACKEND_RUN');
});

test('it is closed once, and does not run afterwards', async () => {
  const closed: string[] = [];
  const executable = made(doubled, closed);
  await executable.dispose();
  await executable.dispose();
  expect(closed).toEqual(['closed']);
  expect(await executable.run({ x: valueOf([1, 2], [2]) }).catch(codeOf)).toBe('GANYMEDE_BACKEND_RUN');
});
