import * as t from '@ganymede/tensor';
import type { Backend, DeviceValue, KernelRun } from '@ganymede/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTfjsBackend } from './create-tfjs-backend.js';

let backend: Backend;
beforeAll(async () => {
  backend = await createTfjsBackend({ tf, backendName: 'cpu' });
});
afterAll(() => backend.dispose());

const real = (name: string, ...shape: t.Dim[]) => t.input(name, shape, 'float32');

it('refuses a backend of TensorFlow.js that is not there', async () => {
  await expect(createTfjsBackend({ tf, backendName: 'absent' })).rejects.toMatchObject({
    code: 'GANYMEDE_BACKEND_DEVICE',
    data: { device: 'absent' },
  });
});

describe('what TensorFlow.js cannot do', () => {
  it('is refused when a graph has float64', async () => {
    const y = t.input('x', [2], 'float64').add(1);
    await expect(backend.compile(t.graph({ outputs: { y } }))).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_OPERATOR',
      message: expect.stringContaining('float64'),
    });
  });

  it('is named when an operator has no kernel', async () => {
    const strange = t.defineOperator<t.NoAttributes, t.Unary>({
      name: 'Strange',
      infer: ([x]) => ({ dtype: x.dtype, shape: x.shape }),
      evaluate: ([x]) => x.data,
      onnx: {},
    });
    const y = t.makeTensor(strange, [real('x', 2)], {});
    await expect(backend.compile(t.graph({ outputs: { y } }))).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_OPERATOR',
      message: expect.stringContaining('operator "Strange"'),
      data: { operators: ['Strange'] },
    });
  });

  it('is refused when a whole number is larger than int32', async () => {
    const executable = await backend.compile(t.graph({ outputs: { y: t.input('i', [2], 'int64').add(1) } }));
    const fed = (i: bigint) => ({ i: t.value('int64', [2], BigInt64Array.of(1n, i)) });
    expect((await executable.run(fed(2n ** 31n - 2n))).y).toMatchObject({
      data: BigInt64Array.of(2n, 2n ** 31n - 1n),
    });
    const before = tf.memory().numTensors;
    await expect(executable.run(fed(2n ** 31n))).rejects.toMatchObject({
      code: 'GANYMEDE_FEED',
      message: expect.stringContaining('"i"[1] is 2147483648'),
      data: { input: 'i', index: 1 },
    });
    expect(tf.memory().numTensors).toBe(before);
    await executable.dispose();
  });
});

describe('uint8', () => {
  it('wraps around', async () => {
    const [a, b] = [t.input('a', [2], 'uint8'), t.input('b', [2], 'uint8')];
    const executable = await backend.compile(
      t.graph({ outputs: { sum: a.add(b), less: a.sub(b), cast: t.cast(real('x', 2), 'uint8') } }),
    );
    const bytes = (...x: number[]) => t.value('uint8', [2], Uint8Array.from(x));
    const results = await executable.run({ a: bytes(250, 3), b: bytes(10, 5), x: t.valueOf([300, 7]) });
    expect(results).toMatchObject({
      sum: { dtype: 'uint8', data: Uint8Array.of(4, 8) },
      less: { data: Uint8Array.of(240, 254) },
      cast: { data: Uint8Array.of(44, 7) },
    });
    await executable.dispose();
  });
});

describe('tensors', () => {
  it('go as soon as nothing needs them, after a failure too', async () => {
    const before = tf.memory().numTensors;
    let x = real('x', 64);
    for (let i = 0; i < 20; i++) x = x.tanh().add(1);
    let most = 0;
    const tanh = ((y: tf.Tensor) => {
      most = Math.max(most, tf.memory().numTensors);
      return tf.tanh(y);
    }) as typeof tf.tanh;
    const counted = await createTfjsBackend({ tf: { ...tf, tanh }, backendName: 'cpu' });
    const executable = await counted.compile(t.graph({ outputs: { x } }));
    const constants = tf.memory().numTensors - before;
    await executable.run({ x: t.filled([64], 0.5) });
    // The operand, the result of the step before it at most, and constants.
    expect(most - before - constants).toBeLessThanOrEqual(3);
    await counted.dispose();
    expect(tf.memory().numTensors).toBe(before);

    const table = t.constant(t.valueOf([1, 2, 3]));
    const failing = await backend.compile(
      t.graph({ outputs: { y: t.scope('embed', () => t.gather(table, t.input('i', [1], 'int64'))) } }),
    );
    const held = tf.memory().numTensors;
    await expect(failing.run({ i: t.valueOf([9], [1], 'int64') })).rejects.toMatchObject({
      code: 'GANYMEDE_BACKEND_RUN',
      message: expect.stringContaining('operator "Gather" in embed'),
    });
    expect(tf.memory().numTensors).toBe(held);
    await failing.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('that stay are refused once they were disposed, or from elsewhere', async () => {
    const executable = await backend.compile(t.graph({ outputs: { y: real('x', 2).mul(2) } }), {
      resident: ['y'],
    });
    const { y } = (await executable.run({ x: t.valueOf([1, 2]) })) as { y: DeviceValue };
    expect(y.location).toBe('device');
    y.dispose();
    await expect(executable.run({ x: y })).rejects.toMatchObject({ code: 'GANYMEDE_FEED' });
    const foreign: DeviceValue = { ...y, read: y.read };
    await expect(executable.run({ x: foreign })).rejects.toMatchObject({ code: 'GANYMEDE_FEED' });
    await executable.dispose();
  });
});

it('runs loops and recurrences, their results together', async () => {
  const x = real('x', 5, 2, 3);
  const [w, r] = [real('w', 1, 16, 3), real('r', 1, 16, 4)];
  const { state, outputs } = t.scan(
    { init: [real('s', 2, 3)], sequences: [x], reverse: true },
    ([s], [e]) => {
      const next = (s as t.Tensor).mul(0.5).add(e as t.Tensor);
      return { state: [next], outputs: [next.tanh()] };
    },
  );
  const fused = t.lstm(x, w, r, { form: 'fused' });
  const program = t.graph({
    outputs: {
      last: state[0] as t.Tensor,
      all: outputs[0] as t.Tensor,
      h: fused.h,
      c: fused.c,
      y: fused.outputs,
    },
  });
  const wave = (shape: readonly number[], seed: number) =>
    t.valueOf(
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(seed + i)),
      shape,
    );
  const feeds = { x: wave([5, 2, 3], 1), s: wave([2, 3], 2), w: wave([1, 16, 3], 3), r: wave([1, 16, 4], 4) };
  const wanted = t.evaluate(program, feeds);
  const before = tf.memory().numTensors;
  const executable = await backend.compile(program);
  const results = (await executable.run(feeds)) as Record<string, t.Value>;
  for (const [name, { data }] of Object.entries(wanted))
    for (const [i, number] of Array.from(data as Float32Array).entries())
      expect(results[name]?.data[i], `${name}[${i}]`).toBeCloseTo(number, 5);
  await executable.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('tells what each kernel took, by layer', async () => {
  const x = real('x', 64, 64);
  const y = t.scope('net', () => t.scope('dense', () => t.matmul(x, real('w', 64, 64)).tanh()).reshape([-1]));
  const kernels: KernelRun[] = [];
  const executable = await backend.compile(t.graph({ outputs: { y } }), {
    profile: (all) => kernels.push(...all),
  });
  const feeds = { x: t.filled([64, 64], 0.01), w: t.filled([64, 64], 0.02) };
  await executable.run(feeds);
  await executable.run(feeds);
  await executable.dispose();
  expect(kernels.map(({ run, operator, scope, bytes }) => [run, operator, scope, bytes])).toEqual(
    [0, 1].flatMap((run) => [
      [run, 'Gemm', 'net/dense', 16384],
      [run, 'Tanh', 'net/dense', 16384],
      [run, 'Reshape', 'net', 0],
    ]),
  );
  expect(kernels[0]?.start).toBe(0);
  // 64 * 64 * 64 products in plain JavaScript take longer than no time at all.
  expect(kernels[0]?.milliseconds).toBeGreaterThan(0);
  expect(kernels[5]?.start).toBeGreaterThan(kernels[2]?.start as number);
});
