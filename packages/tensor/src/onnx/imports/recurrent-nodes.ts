import { GanymedeError } from '../../error.js';
import { constantValue } from '../../operators/constant.js';
import type { Direction } from '../../operators/families/recurrent.js';
import { gru } from '../../operators/gru.js';
import { lstm } from '../../operators/lstm.js';
import type { Tensor } from '../../tensor.js';
import { numbersOf } from '../../value.js';
import type { ImportedNode } from '../imported-operators.js';

const refuse = (node: ImportedNode, what: string): never => {
  throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
    message: `operator ${node.opType} ${what}`,
    hint: 'export the model with a plain layer',
  });
};

/** What LSTM and GRU have in common; refuses what the language lacks. */
function read(node: ImportedNode, usual: readonly string[]) {
  const activations = node.texts('activations') ?? [];
  if (activations.some((name, i) => name.toLowerCase() !== usual[i % usual.length]))
    refuse(node, `has the activations ${activations.join(', ')}`);
  if (node.numbers('activation_alpha') !== undefined || node.number('clip', 0) !== 0)
    refuse(node, 'clips its gates');
  if (node.number('layout', 0) !== 0) refuse(node, 'has the batch first');
  const x = node.input(0);
  const lengths = node.optional(4);
  const known = lengths && constantValue(lengths);
  if (lengths !== undefined && !(known && numbersOf(known).every((n) => n === x.shape[0])))
    refuse(node, 'has sequences of different lengths');
  const [bias, h] = [node.optional(3), node.optional(5)];
  return {
    x,
    w: node.input(1),
    r: node.input(2),
    // The file's attribute has no other values.
    options: {
      direction: node.text('direction', 'forward') as Direction,
      ...(bias && { bias }),
      ...(h && { h }),
    },
  };
}

/** How a layer with T steps is decoded: what it computes is ONNX's node, and its gradient is a composite. */
const form = 'fused';

/** LSTM without peepholes. */
export function lstmNode(node: ImportedNode): readonly Tensor[] {
  if (node.optional(7) !== undefined || node.number('input_forget', 0) !== 0) refuse(node, 'has peepholes');
  const { x, w, r, options } = read(node, ['sigmoid', 'tanh', 'tanh']);
  const c = node.optional(6);
  const { outputs, h, c: last } = lstm(x, w, r, { ...options, ...(c && { c }), form });
  return [outputs, h, last];
}

/** GRU, either way of resetting. */
export function gruNode(node: ImportedNode): readonly Tensor[] {
  const { x, w, r, options } = read(node, ['sigmoid', 'tanh']);
  const { outputs, h } = gru(x, w, r, {
    ...options,
    resetAfter: node.number('linear_before_reset', 0) === 1,
    form,
  });
  return [outputs, h];
}
