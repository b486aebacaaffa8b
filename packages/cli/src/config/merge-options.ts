type Options = Readonly<Record<string, unknown>>;

const isGroup = (x: unknown): x is Options =>
  typeof x === 'object' && x !== null && !Array.isArray(x) && Object.getPrototypeOf(x) === Object.prototype;

/** `base` with the values of `over` in place of its own; groups of options are merged, lists replaced. */
export function mergeOptions(base: Options = {}, over: Options = {}): Options {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isGroup(before) && isGroup(value) ? mergeOptions(before, value) : value;
  }
  return merged;
}
