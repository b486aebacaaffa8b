import { GanymedeError } from '../../error.js';
import { scan } from '../../operators/scan.js';
import { transpose } from '../../operators/transpose.js';
import { normalizeAxis } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';

/** `x` with one axis moved to another place. */
function moved(x: Tensor, from: number, to: number): Tensor {
  const order = x.shape.map((_, i) => i).filter((i) => i !== from);
  order.splice(to, 0, from);
  return transpose(x, order);
}

/** Scan: along any axes, in one direction. */
export function scanNode(node: ImportedNode): readonly Tensor[] {
  const count = node.number('num_scan_inputs', 1);
  const states = node.inputCount - count;
  const inputs = Array.from({ length: node.inputCount }, (_, i) => node.input(i));
  const ways = ['scan_input_directions', 'scan_output_directions'].flatMap(
    (name) => node.numbers(name) ?? [],
  );
  const reverse = ways[0] === 1;
  if (ways.some((way) => way !== ways[0])) {
    throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
      message: 'operator Scan reads or writes sequences in different directions',
      hint: 'export the model with sequences in one direction',
    });
  }
  const [inAxes, outAxes] = [node.numbers('scan_input_axes') ?? [], node.numbers('scan_output_axes') ?? []];
  const sequences = inputs
    .slice(states)
    .map((x, i) => moved(x, normalizeAxis(inAxes[i] ?? 0, x.rank, 'Scan'), 0));
  const { state, outputs } = scan(
    { init: inputs.slice(0, states), sequences, reverse },
    (before, elements) => {
      const results = node.body('body', [...before, ...elements]);
      return { state: results.slice(0, states), outputs: results.slice(states) };
    },
  );
  return [...state, ...outputs.map((x, i) => moved(x, 0, normalizeAxis(outAxes[i] ?? 0, x.rank, 'Scan')))];
}
