import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** One reported iteration. */
export interface CurvePoint {
  readonly iteration: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** More points than this are thinned to their running means: a picture 900 pixels wide shows no more. */
const resolution = 450;

/** Curves of every metric over the iterations as SVG text: losses above, everything else below. */
export async function lossCurves(points: readonly CurvePoint[], title: string): Promise<string> {
  const rows = thin(points).flatMap(({ iteration, metrics }) =>
    Object.entries(metrics).map(([metric, value]) => ({ iteration, metric, value })),
  );
  const panel = (filter: string, height: number) => ({
    width: 840,
    height,
    transform: [{ filter }],
    mark: { type: 'line' as const, strokeWidth: 1.2 },
    encoding: {
      x: { field: 'iteration', type: 'quantitative' as const, title: 'iteration' },
      y: { field: 'value', type: 'quantitative' as const, title: null, scale: { zero: false } },
      color: { field: 'metric', type: 'nominal' as const, title: null },
    },
  });
  const isLoss = 'test(/loss|nll/i, datum.metric)';
  const panels = [
    ...(rows.some(({ metric }) => /loss|nll/i.test(metric)) ? [panel(isLoss, 260)] : []),
    ...(rows.some(({ metric }) => !/loss|nll/i.test(metric)) ? [panel(`!${isLoss}`, 160)] : []),
  ];
  const spec: TopLevelSpec = {
    title,
    background: 'white',
    data: { values: rows },
    vconcat: panels.length === 0 ? [panel('true', 260)] : panels,
    resolve: { scale: { color: 'independent' } },
  };
  return new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
}

function thin(points: readonly CurvePoint[]): readonly CurvePoint[] {
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
