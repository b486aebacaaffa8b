import { expect, it } from 'vitest';
import { documentationGaps } from './coverage.js';

it('every exported symbol has a doc comment that says what it is', () => {
  expect(documentationGaps().map(({ file, name, problem }) => `${file}: ${name} ${problem}`)).toEqual([]);
}, 180_000);
