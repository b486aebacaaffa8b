/** What a paper, or mathematics, says about a number. */
export type Claim =
  | { readonly exact: number; readonly tolerance: number }
  | { readonly above: number }
  | { readonly below: number }
  | { readonly between: readonly [low: number, high: number] };

/** Whether the number is what the claim says. NaN never is. */
export function holds(claim: Claim, x: number): boolean {
  if ('exact' in claim) return Math.abs(x - claim.exact) <= claim.tolerance;
  if ('above' in claim) return x > claim.above;
  if ('below' in claim) return x < claim.below;
  return x >= claim.between[0] && x <= claim.between[1];
}

/** A number for people, to six digits. */
export const shownNumber = (x: number): string =>
  x === 0 ? '0' : Math.abs(x) < 1e-4 ? x.toExponential(1) : String(Number(x.toPrecision(6)));

/** The claim for people: `0.3 ± 0.01`, `> 0.9`. */
export function describeClaim(claim: Claim): string {
  if ('exact' in claim) return `${shownNumber(claim.exact)} ± ${shownNumber(claim.tolerance)}`;
  if ('above' in claim) return `> ${shownNumber(claim.above)}`;
  if ('below' in claim) return `< ${shownNumber(claim.below)}`;
  return `${shownNumber(claim.between[0])} to ${shownNumber(claim.between[1])}`;
}
