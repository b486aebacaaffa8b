import { GanymedeError, input } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { conditionAt, withConditions } from './conditions.js';
import { withoutBufferUpdates, withoutTraining } from './frozen-context.js';
import { createStepContext } from './step-context.js';

const label = input('labels', [8], 'int32');
const style = input('style', [8, 4]);

describe('withConditions', () => {
  it('tells networks at any depth, and those alone that are applied with it', () => {
    const { ctx } = createStepContext({ training: true });
    const told = withConditions(ctx.child('generator'), { label });
    expect(conditionAt(told.child('block1').child('norm'), 'label')).toBe(label);
    expect(ctx.child('discriminator').conditions).toEqual({});
  });

  it('adds to conditions and replaces those of the same names', () => {
    const { ctx } = createStepContext({ training: true });
    const other = input('other', [8], 'int32');
    const inner = withConditions(withConditions(ctx, { label }).child('a'), { label: other, style });
    expect(inner.child('b').conditions).toEqual({ label: other, style });
  });

  it('stays in views of a context, and hands on paths, noise, scalars and buffers', () => {
    const declared = createStepContext({ training: true });
    const told = withConditions(declared.ctx, { label }).child('net');
    expect(withoutTraining(told).conditions).toEqual({ label });
    expect(withoutBufferUpdates(told).child('deep').conditions).toEqual({ label });
    told.noise('z', [8], { kind: 'normal' });
    told.scalar('rate', 1);
    told.updateBuffer('mean', style);
    expect(declared.noise.map(({ name }) => name)).toEqual(['noise/net/z']);
    expect(declared.scalars.map(({ name }) => name)).toEqual(['scalar/net/rate']);
    expect([...declared.bufferUpdates]).toEqual([['net/mean', style]]);
    expect({ training: told.training, path: told.path }).toEqual({ training: true, path: 'net' });
  });
});

describe('conditionAt', () => {
  it('says which network wants what, and what it was told', () => {
    const { ctx } = createStepContext({ training: false });
    const wanting = (told: typeof ctx) => () => conditionAt(told.child('generator').child('norm1'), 'label');
    expect(wanting(ctx)).toThrow('"generator/norm1" needs the condition "label", but was told none');
    expect(wanting(withConditions(ctx, { style }))).toThrow(
      expect.toSatisfy((e) => GanymedeError.is(e, 'GANYMEDE_CONDITION') && /told "style"/.test(e.message)),
    );
  });
});
