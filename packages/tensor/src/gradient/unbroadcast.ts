import { sum } from '../operators/reduce-sum.js';
import { squeeze } from '../operators/squeeze.js';
import type { Tensor } from '../tensor.js';

/** Sums `g` over the axes along which an operand was repeated, so that it gets the operand's shape again. */
export function unbroadcast(g: Tensor, operand: Tensor): Tensor {
  const lead = g.rank - operand.rank;
  const added: number[] = [];
  const repeated: number[] = [];
  g.shape.forEach((d, i) => {
    if (i < lead) added.push(i);
    else if (operand.shape[i - lead] === 1 && d !== 1) repeated.push(i);
  });
  if (repeated.length === 0) return added.length === 0 ? g : sum(g, added);
  const summed = sum(g, [...added, ...repeated], true);
  return added.length === 0 ? summed : squeeze(summed, added);
}
