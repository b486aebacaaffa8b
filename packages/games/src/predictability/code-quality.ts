/** What a code is like. */
export interface CodeQuality {
  /** Largest distance of a code number from 0 or 1. */
  readonly roughness: number;
  /** Different codes after rounding. */
  readonly distinct: number;
  /** Largest |correlation| of two units over the patterns; 1 where a unit is constant. */
  readonly correlation: number;
  /** Largest spread of one unit over the patterns: 0 where the code says nothing. */
  readonly spread: number;
}

const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;

/** Roughness, distinct codes, correlation and spread of codes, one list of units for each of equally likely patterns. */
export function codeQuality(codes: readonly (readonly number[])[]): CodeQuality {
  const units = (codes[0] ?? []).map((_, i) => codes.map((code) => code[i] as number));
  const correlation = (a: readonly number[], b: readonly number[]): number => {
    const [ma, mb] = [mean(a), mean(b)];
    const covariance = mean(a.map((x, i) => (x - ma) * ((b[i] as number) - mb)));
    const scale = Math.sqrt(mean(a.map((x) => (x - ma) ** 2)) * mean(b.map((x) => (x - mb) ** 2)));
    return scale < 1e-6 ? 1 : Math.abs(covariance / scale);
  };
  return {
    roughness: Math.max(...codes.flat().map((y) => Math.abs(y - Math.round(y)))),
    distinct: new Set(codes.map((code) => code.map(Math.round).join())).size,
    correlation: Math.max(0, ...units.flatMap((a, i) => units.slice(i + 1).map((b) => correlation(a, b)))),
    spread: Math.max(...units.map((unit) => Math.max(...unit) - Math.min(...unit))),
  };
}

/** Whether all codes are binary within 0.1, no two patterns share one, and no two units correlate by 0.1: a factorial binary code. */
export const isFactorial = (codes: readonly (readonly number[])[]): boolean => {
  const { roughness, distinct, correlation } = codeQuality(codes);
  return roughness < 0.1 && distinct === codes.length && correlation < 0.1;
};

/** The mutual information, in bits, of two lists of yes and no, by their joint frequencies. */
export function mutualInformation(a: readonly boolean[], b: readonly boolean[]): number {
  const share = (test: (i: number) => boolean) => a.filter((_, i) => test(i)).length / a.length;
  return [true, false]
    .flatMap((x) => [true, false].map((y) => [x, y] as const))
    .reduce((sum, [x, y]) => {
      const joint = share((i) => a[i] === x && b[i] === y);
      const apart = share((i) => a[i] === x) * share((i) => b[i] === y);
      return joint === 0 ? sum : sum + joint * Math.log2(joint / apart);
    }, 0);
}

/**
 * How much each source tells of its own unit, in bits, under the assignment of units to sources that makes the smallest largest: sources are
 * yes or no, units are cut at ½, and signs do not matter. Sources and codes have one list per pattern.
 */
export function informationPerSource(
  codes: readonly (readonly number[])[],
  sources: readonly (readonly boolean[])[],
): number[] {
  const count = sources[0]?.length ?? 0;
  const column = <T>(rows: readonly (readonly T[])[], i: number) => rows.map((row) => row[i] as T);
  const cut = codes.map((code) => code.map((y) => y > 0.5));
  const table = Array.from({ length: count }, (_, s) =>
    Array.from({ length: codes[0]?.length ?? 0 }, (_, u) =>
      mutualInformation(column(sources, s), column(cut, u)),
    ),
  );
  let best: number[] = [];
  const assign = (chosen: readonly number[], used: ReadonlySet<number>): void => {
    if (chosen.length === count) {
      if (best.length === 0 || Math.min(...chosen) > Math.min(...best)) best = [...chosen];
      return;
    }
    table[chosen.length]?.forEach((bits, unit) => {
      if (!used.has(unit)) assign([...chosen, bits], new Set([...used, unit]));
    });
  };
  assign([], new Set());
  return best;
}
