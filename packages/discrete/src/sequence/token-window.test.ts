import { createStepContext } from '@ganymede/core';
import { evaluate, grad, input, numbersOf, type Tensor, type Value } from '@ganymede/tensor';
import { sample } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { tokenWindow } from './token-window.js';

const [size, filters] = [3, 4];

describe('tokenWindow', () => {
  // Short and long sequences are cut into windows in different ways.
  it.each([
    [7, 1],
    [7, 3],
    [7, 7],
    [60, 1],
    [60, 5],
  ])('of a sequence of %d tokens, %d at a time: the largest response and its derivative', (length, width) => {
    const vectors = sample([2, length, size], 1);
    const kernel = sample([width * size, filters], 2);
    const bias = sample([filters], 3);
    const x = input('vectors', vectors.shape);
    const variables = { kernel: input('kernel', kernel.shape), bias: input('bias', bias.shape) };
    const y = tokenWindow(width, filters).apply(variables, x, createStepContext({ training: false }).ctx);
    const dx = grad(y.sum(), [x])[0] as Tensor;
    const got = evaluate({ y, dx }, { vectors, kernel, bias });

    const [v, k, b] = [vectors, kernel, bias].map(numbersOf) as [number[], number[], number[]];
    const wanted: number[] = [];
    const slopes = new Array<number>(v.length).fill(0);
    for (let n = 0; n < 2; n++)
      for (let filter = 0; filter < filters; filter++) {
        const at = (place: number, i: number) => (n * length + place) * size + i;
        const responses = Array.from({ length: length - width + 1 }, (_, place) =>
          Array.from(
            { length: width * size },
            (_, i) => (v[at(place, i)] ?? 0) * (k[i * filters + filter] ?? 0),
          ).reduce((sum, product) => sum + product, b[filter] ?? 0),
        );
        const largest = Math.max(...responses);
        wanted.push(Math.max(0, largest));
        if (largest <= 0) continue;
        const place = responses.indexOf(largest);
        for (let i = 0; i < width * size; i++)
          slopes[at(place, i)] = (slopes[at(place, i)] ?? 0) + (k[i * filters + filter] ?? 0);
      }
    const close = (found: Value, expected: readonly number[]) =>
      expect(Math.max(...numbersOf(found).map((x, i) => Math.abs(x - (expected[i] ?? 0))))).toBeLessThan(
        1e-5,
      );
    close(got.y as Value, wanted);
    close(got.dx as Value, slopes);
  });
});
