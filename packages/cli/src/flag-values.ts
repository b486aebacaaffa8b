import { InvalidArgumentError } from 'commander';

const whole = (text: string, low: number, high: number, expected: string): number => {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < low || number > high) {
    throw new InvalidArgumentError(`Expected ${expected}.`);
  }
  return number;
};

/** A flag's number of things: at least one. */
export const count = (text: string): number =>
  whole(text, 1, Number.MAX_SAFE_INTEGER, 'a whole number above 0');

/** A flag's seed: 32 bits. */
export const seed = (text: string): number =>
  whole(text, 0, 0xffff_ffff, 'a whole number from 0 to 4294967295');

/** A flag's TCP port. */
export const port = (text: string): number => whole(text, 0, 65535, 'a port from 0 to 65535');

/** A flag that may be repeated. */
export const collect = (text: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  text,
];
