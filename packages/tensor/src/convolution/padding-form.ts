import { GanymedeError } from '../error.js';
import { site } from '../scope.js';
import { type Dim, quotientOf, type Shape } from '../shape.js';
import { reach } from './geometry.js';

/**
 * Padding that follows from the sizes, by ONNX's names: with `SAME_UPPER` there are as many windows as the input's size over
 * the stride, rounded up, the odd zero at the end; with `SAME_LOWER` at the start; `VALID` is none.
 */
export type PaddingForm = 'SAME_UPPER' | 'SAME_LOWER' | 'VALID';

/** Total padding shared out: what comes before each axis, then what comes after. */
export function sharedOut(totals: readonly number[], more: 'before' | 'after'): readonly number[] {
  const larger = totals.map((total) => Math.ceil(total / 2));
  const smaller = totals.map((total) => Math.floor(total / 2));
  return more === 'before' ? [...larger, ...smaller] : [...smaller, ...larger];
}

/** The padding of a form, as explicit numbers. `GANYMEDE_NAMED_DIMENSION` if it depends on a size that has only a name. */
export function padsOf(
  form: PaddingForm,
  { strides, dilations }: { readonly strides: readonly number[]; readonly dilations: readonly number[] },
  spatial: Shape,
  kernel: readonly number[],
  operator: string,
): readonly number[] {
  if (form === 'VALID') return new Array<number>(2 * kernel.length).fill(0);
  const totals = kernel.map((size, i) => {
    const [stride = 1, d = 1] = [strides[i], spatial[i]];
    return sameTotal(d, stride, reach(size, dilations[i] ?? 1), operator);
  });
  return sharedOut(totals, form === 'SAME_UPPER' ? 'after' : 'before');
}

function sameTotal(d: Dim, stride: number, seen: number, operator: string): number {
  if (typeof d === 'number') return Math.max(0, (Math.ceil(d / stride) - 1) * stride + seen - d);
  if (quotientOf(d, stride) !== undefined) return Math.max(0, seen - stride);
  throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
    message: `${site(operator)}: the padding of the named dimension ${d} under stride ${stride} depends on its size`,
    hint: `name the dimension as a multiple of the stride ('${d}*${stride}'), or give the padding in numbers`,
  });
}
