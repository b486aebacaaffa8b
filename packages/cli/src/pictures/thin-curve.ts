/** One reported iteration. */
export interface CurvePoint {
  readonly iteration: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * At most `resolution` points: neighbours are replaced by their mean, metric by metric, at the last one's iteration. Steps of
 * different kinds report different metrics; each counts where it was reported.
 */
export function thinCurve(points: readonly CurvePoint[], resolution: number): readonly CurvePoint[] {
  const group = Math.ceil(points.length / resolution);
  if (group <= 1) return points;
  return Array.from({ length: Math.ceil(points.length / group) }, (_, i) => {
    const part = points.slice(i * group, (i + 1) * group);
    const names = [...new Set(part.flatMap(({ metrics }) => Object.keys(metrics)))];
    const meanOf = (name: string) => {
      const values = part.flatMap(({ metrics }) => (name in metrics ? [metrics[name] as number] : []));
      return values.reduce((a, b) => a + b, 0) / values.length;
    };
    return {
      iteration: part.at(-1)?.iteration ?? 0,
      metrics: Object.fromEntries(names.map((name) => [name, meanOf(name)])),
    };
  });
}
