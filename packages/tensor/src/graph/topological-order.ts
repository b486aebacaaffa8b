import type { Tensor } from '../tensor.js';

/**
 * Every tensor that `outputs` need, each after its inputs, in the order a depth-first walk finishes them. Iterative: an
 * unrolled recurrent network is deeper than the call stack.
 */
export function topologicalOrder(outputs: readonly Tensor[]): Tensor[] {
  const finished = new Set<Tensor>();
  const stack: { readonly tensor: Tensor; next: number }[] = [];
  for (const output of outputs) {
    stack.push({ tensor: output, next: 0 });
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const input = top.tensor.inputs[top.next++];
      if (finished.has(top.tensor) || input === undefined) {
        finished.add(top.tensor);
        stack.pop();
      } else if (!finished.has(input)) {
        stack.push({ tensor: input, next: 0 });
      }
    }
  }
  // A set iterates in the order of insertion.
  return [...finished];
}
