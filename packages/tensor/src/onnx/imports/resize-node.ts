import { GanymedeError } from '../../error.js';
import { resizeOperator } from '../../operators/resize.js';
import { type Dim, formatShape, normalizeAxis } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import type { ImportedNode } from '../imported-operators.js';

const refuse = (what: string): never => {
  throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
    message: `operator Resize: ${what}`,
    hint: 'nearest, linear and cubic resampling without antialias are supported',
  });
};

/** Entries of given axes (an attribute since opset 18) as entries of all axes. */
function ofAllAxes<T extends Dim>(
  list: readonly T[],
  axes: readonly number[] | undefined,
  others: readonly T[],
): T[] {
  const all = [...others];
  if (axes === undefined) return [...list];
  axes.forEach((a, i) => {
    const entry = list[i];
    if (entry !== undefined) all[normalizeAxis(a, all.length, 'Resize')] = entry;
  });
  return all;
}

/** What the language knows of each way to resize. */
const ways: Readonly<Record<string, readonly string[]>> = {
  mode: ['nearest', 'linear', 'cubic'],
  coordinate_transformation_mode: ['half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'],
  nearest_mode: ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'],
};

/** Resize of any opset. */
export function resizeNode(node: ImportedNode): Tensor {
  const x = node.input(0);
  const policy = node.text('keep_aspect_ratio_policy', 'stretch');
  if (policy !== 'stretch') refuse(`keep_aspect_ratio_policy "${policy}"`);
  for (const name of ['antialias', 'exclude_outside']) if (node.number(name, 0) !== 0) refuse(name);
  const how = Object.entries(ways).flatMap(([name, known]) => {
    const text = node.text(name, '');
    if (text !== '' && !known.includes(text)) refuse(`${name} "${text}"`);
    return text === '' ? [] : [[name, text]];
  });
  const axes = node.numbers('axes');
  const scales = node.ints(2) ?? [];
  const one = x.shape.map(() => 1);
  const wanted =
    scales.length > 0
      ? { scales: ofAllAxes(scales, axes, one) }
      : { sizes: ofAllAxes(node.shape(3), axes, x.shape) };
  if (Object.values(wanted).some((list) => list.length !== x.rank)) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `Resize: ${formatShape(Object.values(wanted)[0] ?? [])} does not fit ${formatShape(x.shape)}`,
    });
  }
  const attributes = {
    ...Object.fromEntries(how),
    cubic_coeff_a: node.number('cubic_coeff_a', -0.75),
    ...wanted,
  };
  const y = resizeOperator.onnx.decode?.([x], attributes);
  return y === undefined ? refuse('cannot be decoded') : ([y].flat()[0] as Tensor);
}
