import { jsonSchemaOf } from '@ganymede/core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { optionLines } from './list.js';

it('shows options as --set names them', () => {
  const schema = z.strictObject({
    width: z.number().int().positive().default(64).describe('channels'),
    file: z.string(),
    size: z.number().optional(),
    policy: z.strictObject({ rate: z.number().default(0.01) }).prefault({}),
  });
  expect(optionLines(jsonSchemaOf(schema))).toEqual([
    { name: 'width', accepts: 'integer > 0 = 64', description: 'channels' },
    { name: 'file', accepts: 'string (required)', description: '' },
    { name: 'size', accepts: 'number', description: '' },
    { name: 'policy.rate', accepts: 'number = 0.01', description: '' },
  ]);
  expect(optionLines(undefined)).toEqual([]);
});
