import { expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.js';

it('finds what was meant, and nothing where nothing is near', () => {
  expect(nearest('dcgam', ['seqgan', 'dcgan'])).toBe('dcgan');
  expect(nearest('Hinge', ['hinge'])).toBe('hinge');
  expect(nearest('xyz', ['seqgan', 'dcgan'])).toBeUndefined();
  expect(nearest('a', [])).toBeUndefined();
  expect(didYouMean('learningrate', ['learningRate', 'rate'])).toBe('did you mean "learningRate"?');
});
