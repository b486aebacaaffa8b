/** The one object of this name in the process, also where two copies of the package are loaded and work on one program. */
export function processWide<T extends object>(name: string, initial: T): T {
  const all = globalThis as { [key: symbol]: T | undefined };
  const key = Symbol.for(`@ganymede/tensor/${name}`);
  const known = all[key] ?? initial;
  all[key] = known;
  return known;
}
