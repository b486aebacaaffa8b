import type { Rng, Tree } from '@ganymede/core';
import { lstmCell, normal, tensorAt, treeAt } from '@ganymede/nn';
import type { Tensor, Value } from '@ganymede/tensor';

/** Sizes of an LSTM language model. */
export interface SequenceSizes {
  /** Number of tokens, V. */
  readonly vocabulary: number;
  /** Length of a token's vector, E. */
  readonly embedding: number;
  /** Length of the LSTM's hidden and cell vectors, H. */
  readonly hidden: number;
}

/** The variables of an LSTM language model, in a program. */
export interface SequenceVariables {
  /** Token vectors `[V, E]`: `embedding/table`. */
  readonly table: Tensor;
  /** `lstm/kernel` `[E, 4H]`, `lstm/recurrent` `[H, 4H]`, `lstm/bias` `[4H]`. */
  readonly lstm: Tree<Tensor>;
  /** `output/kernel` `[V, H]`: one row per token, as in the embedding, so that the rows of given tokens can be gathered. */
  readonly kernel: Tensor;
  /** `output/bias` `[V]`. */
  readonly bias: Tensor;
}

/** Initial variables, every entry N(0, `std`²), biases too: 0.1 for SeqGAN's generator, 1 for its oracle. */
export function initSequence(
  { vocabulary, embedding, hidden }: SequenceSizes,
  rng: Rng,
  std: number,
): Tree<Value> {
  const init = normal(std);
  const cell = lstmCell(hidden, { kernelInit: init, recurrentInit: init, biasInit: init });
  const draw = (name: string, shape: readonly number[]) =>
    rng.child(name).draw(shape, { kind: 'normal', std });
  return {
    embedding: { table: draw('embedding/table', [vocabulary, embedding]) },
    lstm: cell.init(rng.child('lstm'), [1, embedding]),
    output: { kernel: draw('output/kernel', [vocabulary, hidden]), bias: draw('output/bias', [vocabulary]) },
  };
}

/** A tree read as the variables of a language model. Throws `GANYMEDE_VARIABLE_MISSING`. */
export function sequenceVariables(tree: Tree<Tensor>): SequenceVariables {
  const output = treeAt(tree, 'output');
  return {
    table: tensorAt(treeAt(tree, 'embedding'), 'table'),
    lstm: treeAt(tree, 'lstm'),
    kernel: tensorAt(output, 'kernel'),
    bias: tensorAt(output, 'bias'),
  };
}

/** Paths of a language model's variables. */
export const sequencePaths = [
  'embedding/table',
  'lstm/kernel',
  'lstm/recurrent',
  'lstm/bias',
  'output/kernel',
  'output/bias',
] as const;
