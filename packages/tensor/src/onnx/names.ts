/** Hands out names that are unique within one ONNX file. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  /** Takes `name`; false if it is taken already. */
  take(name: string): boolean {
    if (this.#taken.has(name)) return false;
    this.#taken.add(name);
    return true;
  }

  /** `name`, or with as many underscores after it as make it unique. */
  readonly reserve = (name: string): string => {
    let free = name;
    while (!this.take(free)) free += '_';
    return free;
  };

  /** `base_1`, `base_2`, … */
  next(base: string): string {
    const count = (this.#counts.get(base) ?? 0) + 1;
    this.#counts.set(base, count);
    return this.reserve(`${base}_${count}`);
  }
}
