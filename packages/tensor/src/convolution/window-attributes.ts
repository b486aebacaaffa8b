import type { Attribute } from '../operator.js';
import type { Tensor } from '../tensor.js';
import type { Window } from './geometry.js';

/** How a convolution or a transposed one moves its window, and into how many groups its channels fall. */
export interface WindowAttributes extends Window {
  readonly group: number;
}

const isNumbers = (x: Attribute | undefined): x is readonly number[] =>
  Array.isArray(x) && x.every((n) => typeof n === 'number');

/** Reads the window of a convolution or a transposed one out of its attributes, for passes that rewrite them. */
export function windowAttributes({ attributes }: Tensor): WindowAttributes {
  const numbers = (name: string): readonly number[] => {
    const list = attributes[name];
    return isNumbers(list) ? list : [];
  };
  const { group } = attributes;
  return {
    strides: numbers('strides'),
    pads: numbers('pads'),
    dilations: numbers('dilations'),
    group: typeof group === 'number' ? group : 1,
  };
}
