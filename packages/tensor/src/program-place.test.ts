import { expect, it } from 'vitest';
import { GanymedeError } from './error.js';
import { scope, scopeAt } from './scope.js';

const error = (code: `GANYMEDE_${string}`, message = 'sizes differ') =>
  new GanymedeError(code, { message, hint: 'make them equal', data: { size: 3 } });
const here = expect.stringMatching(/program-place\.test\.ts:\d+:\d+$/);

it('tells layer and line of faults of a program, and of no others', () => {
  scope('generator', () => {
    const shape = error('GANYMEDE_SHAPE');
    expect(shape.data).toEqual({ size: 3, scope: 'generator', source: here });
    expect(shape.message).toBe(
      `sizes differ\n  make them equal\n  at ${String(shape.data.source)}\n  in layer generator`,
    );
    expect(error('GANYMEDE_USAGE').data).toEqual({ size: 3 });
    expect(error('GANYMEDE_USAGE').message).toBe('sizes differ\n  make them equal');
  });
});

it('names the layer once, its gradient by its own name, and the line that made it', () => {
  scope('generator', () => {
    expect(error('GANYMEDE_SHAPE', 'Add in generator: no').message).not.toContain('in layer');
  });
  scopeAt('gradient/gradient/generator', () => {
    expect(error('GANYMEDE_DTYPE').data.scope).toBe('generator');
  });
  expect(scopeAt('gradient', () => error('GANYMEDE_DTYPE').data)).toEqual({ size: 3, source: here });
  const made = scope(
    'a',
    () => scope('b', () => error('GANYMEDE_AXIS')),
    () => '/gan.ts:3:1',
  );
  expect(made.data).toMatchObject({ scope: 'a/b', madeAt: '/gan.ts:3:1' });
  expect(made.message).toContain('\n  in layer a/b, made at /gan.ts:3:1');
});
