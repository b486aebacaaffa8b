import { GanymedeError } from '../error.js';
import { type Dim, factorsOf, type Shape } from '../shape.js';

/** What each name stands for in one run. A product of several names that came as one dimension is kept as one name. */
export type Bindings = Map<string, number>;

/** Learns names from the actual shape of an input; `undefined` if it fits, else what is wrong. */
export function bindShape(
  declared: Shape,
  actual: readonly number[],
  bindings: Bindings,
): string | undefined {
  if (declared.length !== actual.length) return `has rank ${actual.length}`;
  for (const [i, dim] of declared.entries()) {
    const size = actual[i] ?? 0;
    if (typeof dim === 'number') {
      if (dim !== size) return `has size ${size} on axis ${i}`;
      continue;
    }
    const { factor, names } = factorsOf(dim);
    const key = names.join('*');
    const known = bindings.get(key);
    if (size % factor !== 0) return `has size ${size} on axis ${i}, which is no multiple of ${factor}`;
    if (known !== undefined && known * factor !== size)
      return `has size ${size} on axis ${i}, but ${key} is ${known} already`;
    bindings.set(key, size / factor);
  }
  return undefined;
}

/** The number that a dimension stands for. `GANYMEDE_NAMED_DIMENSION` if no input carries its name. */
export function resolveDim(dim: Dim, bindings: Bindings): number {
  const { factor, names } = factorsOf(dim);
  const whole = bindings.get(names.join('*'));
  if (whole !== undefined) return whole * factor;
  return names.reduce((product, name) => {
    const size = bindings.get(name);
    if (size !== undefined) return product * size;
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `no input of the graph has the named dimension ${name}`,
      hint: 'a named dimension gets its size from an input whose shape contains it',
    });
  }, factor);
}

/** A shape with numbers for names. */
export const resolveShape = (shape: Shape, bindings: Bindings): readonly number[] =>
  shape.map((dim) => (typeof dim === 'number' ? dim : resolveDim(dim, bindings)));
