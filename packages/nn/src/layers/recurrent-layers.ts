import type { Network, Rng, StepContext, Tree } from '@ganymede/core';
import { concat, scope, type Tensor, type Value } from '@ganymede/tensor';
import { treeAt } from '../variables.js';
import { requireCount, requireOneOf, requireShare } from './argument.js';
import { requireRank, sizeAt } from './dimension.js';
import { dropout } from './dropout.js';
import type { SequenceOptions } from './recurrence.js';

/** Options of recurrent layers of any cell. */
export interface RecurrentOptions extends Pick<SequenceOptions, 'form'> {
  /** Layers on top of each other. @defaultValue 1 */
  readonly layers?: number;
  /** Whether a second cell reads each layer's input from its end; outputs lie side by side. @defaultValue false */
  readonly bidirectional?: boolean;
  /** Share of each layer's outputs, but the last one's, that training sets to zero. @defaultValue 0 */
  readonly dropout?: number;
  /**
   * `'all'` hidden states `[N, T, …]`, or the `'last'` `[N, …]`: after the whole sequence, for each direction. @defaultValue 'all'
   */
  readonly output?: 'all' | 'last';
}

/** A cell that recurrent layers are made of. */
export interface RecurrentCell {
  readonly units: number;
  /** Variables for inputs of this width. */
  init(rng: Rng, width: number): Tree<Value>;
  /** All hidden states `[N, T, units]` of a sequence, and the last one read `[N, units]`. */
  run(
    variables: Tree<Tensor>,
    x: Tensor,
    options: SequenceOptions,
  ): { readonly outputs: Tensor; readonly last: Tensor };
}

/** Layers of a cell: variables `layer1/forward/…`, `layer1/backward/…`, `layer2/…`. */
export function recurrentLayers(
  kind: string,
  cell: RecurrentCell,
  { layers = 1, bidirectional = false, dropout: rate = 0, output = 'all', form }: RecurrentOptions,
): Network {
  requireCount(kind, 'layers', layers);
  requireShare(kind, 'dropout', rate);
  requireOneOf(kind, 'output', ['all', 'last'], output);
  const directions = bidirectional ? (['forward', 'backward'] as const) : (['forward'] as const);
  const names = Array.from({ length: layers }, (_, k) => `layer${k + 1}`);
  const thinned = dropout(rate);

  const layer = (variables: Tree<Tensor>, x: Tensor, ctx: StepContext) => {
    // One node of ONNX is the fastest without gradients, one loop with them.
    const chosen = form ?? (ctx.training ? 'scan' : 'fused');
    const ways = directions.map((direction) =>
      scope(direction, () =>
        cell.run(treeAt(variables, direction), x, { reverse: direction === 'backward', form: chosen }),
      ),
    );
    const joined = (tensors: readonly Tensor[]): Tensor =>
      tensors.length === 1 ? (tensors[0] as Tensor) : concat(tensors, -1);
    return { outputs: joined(ways.map((way) => way.outputs)), last: joined(ways.map((way) => way.last)) };
  };

  return {
    name: kind,
    buffers: [],
    init(rng, shape) {
      requireRank(kind, shape, 3, '[batch, time, features]');
      const width = sizeAt(kind, shape, -1);
      const made = names.map((name, k) => {
        const inputs = k === 0 ? width : directions.length * cell.units;
        const own = directions.map((d) => [d, cell.init(rng.child(name).child(d), inputs)] as const);
        return [name, Object.fromEntries(own)] as const;
      });
      return Object.fromEntries(made);
    },
    apply(variables, x, ctx) {
      requireRank(kind, x.shape, 3, '[batch, time, features]');
      let current = { outputs: x, last: x };
      for (const [k, name] of names.entries()) {
        const here = ctx.child(name);
        const input = k === 0 ? current.outputs : thinned.apply({}, current.outputs, here);
        current = scope(name, () => layer(treeAt(variables, name), input, here));
      }
      return output === 'all' ? current.outputs : current.last;
    },
  };
}
