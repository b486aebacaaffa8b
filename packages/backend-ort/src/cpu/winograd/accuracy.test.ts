import {
  conv,
  evaluate,
  grad,
  graph,
  input,
  numbersOf,
  type Tensor,
  type Value,
  valueOf,
} from '@ganymede/tensor';
import { createRng } from '@ganymede/core';
import { describe, expect, it } from 'vitest';
import { ortBackend } from '../../ort-backend.js';

const shapes = { x: [2, 64, 16, 16], w: [64, 64, 3, 3] };

function program(dtype: 'float32' | 'float64') {
  const [x, w] = [input('x', shapes.x, dtype), input('w', shapes.w, dtype)];
  const y = conv(x, w, { pads: 1 });
  const [dx, dw] = grad(y.square().sum(), [x, w]) as [Tensor, Tensor];
  return graph({ outputs: { y, dx, dw } });
}

/** Largest difference over the largest number. */
function error(found: Value, exact: Value): number {
  const [a, b] = [numbersOf(found), numbersOf(exact)];
  const largest = b.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return b.reduce((most, x, i) => Math.max(most, Math.abs((a[i] as number) - x)), 0) / largest;
}

describe('accuracy of convolutions on ONNX Runtime, against float64', () => {
  const rng = createRng(1);
  const feeds = {
    x: rng.child('x').draw(shapes.x, { kind: 'normal' }),
    w: rng.child('w').draw(shapes.w, { kind: 'normal' }),
  };
  const doubles = Object.fromEntries(
    Object.entries(feeds).map(([name, { shape }]) => [
      name,
      valueOf(numbersOf(feeds[name as keyof typeof feeds]), shape as number[], 'float64'),
    ]),
  );
  const exact = evaluate(program('float64'), doubles);

  it.each([
    ['tiles, in training steps', true, 2e-6],
    ['columns, elsewhere', false, 8e-7],
  ])('%s', async (_, training, bound) => {
    const backend = await ortBackend({ device: 'cpu' });
    const executable = await backend.compile(program('float32'), { training });
    const results = (await executable.run(feeds)) as Record<string, Value>;
    await backend.dispose();
    const errors = ['y', 'dx', 'dw'].map((name) => error(results[name] as Value, exact[name] as Value));
    expect(Math.max(...errors)).toBeLessThan(bound);
  });
});
