import { expect, it } from 'vitest';
import { latentNames } from './latent-names.js';

it('the only one is called latent, whatever its path', () => {
  expect(latentNames(['noise/generator/z'])).toEqual(['latent']);
  expect(latentNames(['noise/latent'])).toEqual(['latent']);
});

it('several are called by the shortest end of their path that tells them apart', () => {
  expect(
    latentNames(['noise/latent', 'noise/generator/block1/noise', 'noise/generator/block2/noise']),
  ).toEqual(['latent', 'block1.noise', 'block2.noise']);
});

it('a name that is taken is not given', () => {
  expect(latentNames(['noise/latent'], new Set(['latent']))).toEqual(['latent.latent']);
  expect(latentNames(['noise/a/labels', 'noise/b'], new Set(['labels']))).toEqual(['a.labels', 'b']);
});
