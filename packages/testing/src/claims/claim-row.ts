import type { Claim } from './claim.js';

/** A claim of the literature that is measured: one test, and one row of the table in the documentation. */
export interface ClaimRow {
  /** The paper, or the subject: `WGAN-GP (Gulrajani et al. 2017)`. */
  readonly about: string;
  /** What is measured, in words that lead to a number. Unlike every other row's about the same. */
  readonly claim: string;
  readonly expected: Claim;
  measure(): number | Promise<number>;
  /** What is missing on this machine (`the folder …/mnist`), or undefined: the test skips, saying so. */
  lacks?(): string | undefined;
  /**
   * Why the bar is not reached: a sentence for the documentation. The row is then measured only when measurements are recorded, and must
   * miss: once it holds, the sentence goes.
   */
  readonly notReached?: string;
}

/** By which a row's measurement is recorded. */
export const claimKey = ({ about, claim }: ClaimRow): string => `${about}: ${claim}`;
