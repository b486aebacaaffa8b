import { expect, it } from 'vitest';
import { exampleTypeErrors } from './example-types.js';

it('the examples in the documentation have no type errors', () => {
  expect(exampleTypeErrors()).toEqual([]);
}, 180_000);
