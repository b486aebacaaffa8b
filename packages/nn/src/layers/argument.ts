import { GanymedeError } from '@ganymede/tensor';

const refuse = (layer: string, what: string, expected: string, came: number): never => {
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
