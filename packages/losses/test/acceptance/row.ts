/** What a claim of the literature says about a number. */
export type Claim =
  | { readonly exact: number; readonly tolerance: number }
  | { readonly above: number }
  | { readonly below: number }
  | { readonly between: readonly [low: number, high: number] };

/** A claim about this package that is measured: a row of the table in the documentation. */
export interface AcceptanceRow {
  /** What it is about: a paper. */
  readonly about: string;
  readonly claim: string;
  readonly expected: Claim;
  measure(): number;
}

/** By which a row's measurement is recorded. */
export const keyOf = ({ about, claim }: AcceptanceRow): string => `${about}: ${claim}`;

/** Whether the number is what the claim says. */
export function holds(claim: Claim, x: number): boolean {
  if ('exact' in claim) return Math.abs(x - claim.exact) <= claim.tolerance;
  if ('above' in claim) return x > claim.above;
  if ('below' in claim) return x < claim.below;
  return x >= claim.between[0] && x <= claim.between[1];
}

/** A number for people, to five digits. */
export const shown = (x: number): string =>
  x === 0 ? '0' : Math.abs(x) < 1e-4 ? x.toExponential(1) : String(Number(x.toPrecision(6)));

/** The claim for people. */
export function describeClaim(claim: Claim): string {
  if ('exact' in claim) return `${shown(claim.exact)} ± ${shown(claim.tolerance)}`;
  if ('above' in claim) return `> ${shown(claim.above)}`;
  if ('below' in claim) return `< ${shown(claim.below)}`;
  return `${shown(claim.between[0])} to ${shown(claim.between[1])}`;
}

/** `make`, run the first time it is called and remembered: several rows measure one training. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
