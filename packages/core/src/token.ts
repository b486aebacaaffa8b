/**
 * The typed name of a service. Tokens of one name are the same service, also across copies of core; the type is only a note to
 * the compiler, kept under a text key so that it survives such copies.
 */
export interface Token<T> {
  readonly name: string;
  readonly '~type'?: T;
}

/** A token: `token<Clock>('@ganymede/core/clock')`. */
export const token = <T>(name: string): Token<T> => Object.freeze({ name });
