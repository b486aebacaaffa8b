import { GanymedeError } from '../error.js';
import { inputName } from '../operators/input.js';
import type { Tensor } from '../tensor.js';
import { topologicalOrder } from './topological-order.js';

/** A tensor program as a value: what passes transform, backends compile and files hold. Immutable. */
export interface Graph {
  readonly name: string;
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** The inputs that the outputs need, in the order a walk from the outputs finds them. Names are unique. */
  readonly inputs: readonly Tensor[];
  /** Every tensor that the outputs need, inputs and constants included, each after its own inputs. */
  readonly nodes: readonly Tensor[];
}

/**
 * The graph of the given outputs. Two different inputs may not share a name (`GANYMEDE_DUPLICATE_INPUT`).
 *
 * ```ts
 * import { evaluate, graph, input, valueOf } from '@ganymede/tensor';
 *
 * const x = input('x', ['N', 3]);
 * const double = graph({ outputs: { y: x.mul(2) }, name: 'double' });
 * evaluate(double, { x: valueOf([1, 2, 3], [1, 3]) }).y.data; // => [2, 4, 6]
 * ```
 */
export function graph({
  outputs,
  name = 'graph',
}: {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly name?: string;
}): Graph {
  const nodes = topologicalOrder(Object.values(outputs));
  const inputs: Tensor[] = [];
  const names = new Set<string>();
  for (const node of nodes) {
    const key = inputName(node);
    if (key === undefined) continue;
    if (names.has(key)) {
      throw new GanymedeError('GANYMEDE_DUPLICATE_INPUT', {
        message: `graph "${name}": two different inputs are named "${key}"`,
        hint: 'declare each input once and pass the tensor on',
        data: { input: key },
      });
    }
    names.add(key);
    inputs.push(node);
  }
  return { name, outputs: { ...outputs }, inputs, nodes };
}

/** Whether `x` is a graph rather than a record of tensors. */
export const isGraph = (x: Graph | Readonly<Record<string, Tensor>>): x is Graph => Array.isArray(x.nodes);
