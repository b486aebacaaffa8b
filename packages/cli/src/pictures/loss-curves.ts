import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { type CurvePoint, thinCurve } from './thin-curve.js';

/** More points than this are thinned to their running means: a picture 900 pixels wide shows no more. */
const resolution = 450;

/** Curves of every metric over the iterations as SVG text: losses above, everything else below. */
export async function lossCurves(points: readonly CurvePoint[], title: string): Promise<string> {
  const rows = thinCurve(points, resolution).flatMap(({ iteration, metrics }) =>
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
