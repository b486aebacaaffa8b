import { expect, it } from 'vitest';
import { withoutBufferUpdates, withoutTraining } from './frozen-context.js';
import { createStepContext } from './step-context.js';

it('keeps names and noise, and drops buffer updates, also of children', () => {
  const { ctx, noise, scalars, bufferUpdates } = createStepContext({ training: true });
  for (const [frozen, training] of [
    [withoutBufferUpdates(ctx), true],
    [withoutTraining(ctx), false],
  ] as const) {
    const child = frozen.child('generator').child('norm1');
    expect([child.path, child.training]).toEqual(['generator/norm1', training]);
    child.updateBuffer('mean', child.noise('z', [2], { kind: 'normal' }));
    child.scalar('rate', 0.5);
  }
  expect(bufferUpdates.size).toBe(0);
  expect(noise.map(({ name }) => name)).toEqual(['noise/generator/norm1/z', 'noise/generator/norm1/z@2']);
  expect(scalars.map(({ name }) => name)).toEqual(['scalar/generator/norm1/rate']);
  ctx.child('generator').updateBuffer('mean', ctx.scalar('x', 1));
  expect([...bufferUpdates.keys()]).toEqual(['generator/mean']);
});
