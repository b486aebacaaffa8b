import { it } from 'vitest';

/** Checks of a suite that do not hold for an item, each with the reason, which the report shows. */
export type Skip<Key extends string> = Partial<Record<Key, string>>;

/** Declares one check of a suite as a vitest test, skipped visibly where the row says why. */
export const checker =
  <Key extends string>(skip: Skip<Key> | undefined) =>
  (key: Key, title: string, body: () => void | Promise<void>): void => {
    const reason = skip?.[key];
    it(title, (ctx) => (reason === undefined ? body() : ctx.skip(reason)));
  };
