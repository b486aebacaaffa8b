import { GanymedeError } from '@ganymede/tensor';

const refuse = (layer: string, what: string, expected: string, came: unknown): never => {
  throw new GanymedeError('GANYMEDE_OPTION', {
    message: `${layer}: ${what} must be ${expected}, received ${came}`,
    data: { layer, option: what },
  });
};

/** Throws `GANYMEDE_OPTION` unless `x` is a whole number of at least 1: units, filters, kernel sizes, strides. */
export function requireCount(layer: string, what: string, x: number): void {
  if (!Number.isInteger(x) || x < 1) refuse(layer, what, 'a whole number of at least 1', x);
}

/** Throws `GANYMEDE_OPTION` unless `x` is in [0, 1): rates and momenta. */
export function requireShare(layer: string, what: string, x: number): void {
  if (!(x >= 0 && x < 1)) refuse(layer, what, 'in [0, 1)', x);
}

/** Throws `GANYMEDE_OPTION` unless `x` is above 0 and finite: epsilons, gains. */
export function requirePositive(layer: string, what: string, x: number): void {
  if (!(x > 0 && Number.isFinite(x))) refuse(layer, what, 'above 0', x);
}

/** Throws `GANYMEDE_OPTION` unless `x` is one of `known`. */
export function requireOneOf<T extends string>(
  layer: string,
  what: string,
  known: readonly T[],
  x: T | undefined,
): void {
  if (!known.includes(x as T)) refuse(layer, what, known.map((k) => `"${k}"`).join(' or '), `"${x}"`);
}
