import type { Value } from '@ganymede/tensor';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

/** Points `[count, 2]` as an SVG scatter plot. */
export async function pointCloud(points: Value, title: string): Promise<string> {
  const data = points.data as Float32Array;
  const values = Array.from({ length: data.length / 2 }, (_, i) => ({ x: data[2 * i], y: data[2 * i + 1] }));
  const { spec } = compile({
    title,
    background: 'white',
    width: 480,
    height: 480,
    data: { values },
    mark: { type: 'point', filled: true, size: 8, opacity: 0.5 },
    encoding: {
      x: { field: 'x', type: 'quantitative', title: null },
      y: { field: 'y', type: 'quantitative', title: null },
    },
  });
  return new View(parse(spec), { renderer: 'none' }).toSVG();
}
