import { numbersOf, type Value } from '@ganymede/tensor';
import { parse, type Spec, View } from 'vega';
import type { CriticValues } from './critic-values.js';
import type { Plane } from './plane.js';

/** What a value surface shows. */
export interface CriticSurface {
  readonly plane: Plane;
  /** Points of the data `[count, 2]`. */
  readonly real: Value;
  /** Generated points `[count, 2]`. */
  readonly samples: Value;
  /** The critic at `plane.cells(n)`. */
  readonly values: CriticValues;
  /** The critic at `plane.cells(m)`, of fewer cells: an arrow is drawn in each. */
  readonly arrows: CriticValues;
  readonly title: string;
}

const digits = (x: number): string => String(Math.round(x * 10) / 10);

/** All points as one path of dots: a mark each would make the file ten times as large. */
function dots(points: Value, { at, pixels }: Plane): string {
  const numbers = numbersOf(points);
  let path = '';
  for (let i = 0; i < numbers.length; i += 2) {
    const [x, y] = at(numbers[i] as number, numbers[i + 1] as number);
    if (x >= 0 && x <= pixels && y >= 0 && y <= pixels) path += `M${digits(x)} ${digits(y)}h0`;
  }
  return path;
}

/** An arrow in each cell along the slope; its length goes with the root of the slope's, the longest filling a cell. */
function arrowPath({ slopes }: CriticValues, plane: Plane): string {
  const n = Math.sqrt(slopes.length / 2);
  const middles = plane.cells(n);
  const norms = Array.from({ length: n * n }, (_, i) =>
    Math.hypot(slopes[2 * i] as number, slopes[2 * i + 1] as number),
  );
  const longest = Math.max(...norms);
  let path = '';
  norms.forEach((norm, i) => {
    const length = Math.sqrt(norm / longest) * (plane.pixels / n) * 0.9;
    if (!(length > 1)) return;
    const [x, y] = plane.at(middles[2 * i] as number, middles[2 * i + 1] as number);
    // The picture's y goes down.
    const [u, v] = [(slopes[2 * i] as number) / norm, -(slopes[2 * i + 1] as number) / norm];
    const tip = [x + (u * length) / 2, y + (v * length) / 2] as const;
    const head = Math.min(3, length / 2);
    const barb = (side: number) =>
      `${digits(tip[0] - head * (u - side * v * 0.6))} ${digits(tip[1] - head * (v + side * u * 0.6))}`;
    const point = `${digits(tip[0])} ${digits(tip[1])}`;
    path += `M${digits(x - (u * length) / 2)} ${digits(y - (v * length) / 2)}L${point}M${barb(1)}L${point}L${barb(-1)}`;
  });
  return path;
}

/** The same SVG with its paths to one decimal: contours come with sixteen. */
const shortened = (svg: string): string =>
  svg.replaceAll(/ d="[^"]*"/g, (path) => path.replaceAll(/(\.\d)\d+/g, '$1'));

/**
 * Samples (orange) and data (black) over the critic's value surface, with arrows along its gradient, as in the figures of WGAN-GP
 * (Gulrajani et al. 2017) and Lipschitz GAN (Zhou et al. 2019). SVG text. Generators follow the arrows.
 */
export async function criticSurface(surface: CriticSurface): Promise<string> {
  const { plane, real, samples, values, arrows, title } = surface;
  const { low, side, pixels } = plane;
  const n = Math.sqrt(values.logits.length);
  const path = (d: string, stroke: string, strokeWidth: number, strokeOpacity = 1) => ({
    type: 'path' as const,
    encode: {
      enter: {
        path: { value: d },
        stroke: { value: stroke },
        strokeWidth: { value: strokeWidth },
        strokeOpacity: { value: strokeOpacity },
        strokeCap: { value: 'round' as const },
      },
    },
  });
  const spec: Spec = {
    width: pixels,
    height: pixels,
    padding: 8,
    background: 'white',
    title: {
      text: title,
      subtitle: ['orange: generated · black: data', 'shading: critic’s value · arrows: its slope'],
      anchor: 'start',
      subtitleColor: '#555',
    },
    data: [
      {
        name: 'contours',
        values: [{ width: n, height: n, values: values.logits }],
        transform: [{ type: 'isocontour', levels: 10, zero: false, scale: pixels / n }],
      },
    ],
    scales: [
      { name: 'x', type: 'linear', domain: [low[0], low[0] + side], range: 'width' },
      { name: 'y', type: 'linear', domain: [low[1], low[1] + side], range: 'height' },
      {
        name: 'value',
        type: 'linear',
        domain: [Math.min(...values.logits), Math.max(...values.logits)],
        range: { scheme: 'purpleblue' },
      },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', tickCount: 5 },
      { orient: 'left', scale: 'y', tickCount: 5 },
    ],
    legends: [{ fill: 'value', title: 'value', type: 'gradient', gradientLength: 160 }],
    marks: [
      {
        type: 'group',
        clip: true,
        encode: { enter: { width: { value: pixels }, height: { value: pixels } } },
        marks: [
          {
            // What lies below the lowest contour.
            type: 'rect',
            encode: {
              enter: {
                width: { value: pixels },
                height: { value: pixels },
                fill: { scale: 'value', value: Math.min(...values.logits) },
              },
            },
          },
          {
            type: 'shape',
            from: { data: 'contours' },
            encode: { enter: { fill: { scale: 'value', field: 'contour.value' } } },
            transform: [{ type: 'geoshape', field: 'datum.contour' }],
          },
          path(arrowPath(arrows, plane), '#444', 0.8, 0.8),
          path(dots(real, plane), 'black', 2.2, 0.8),
          path(dots(samples, plane), '#f28e2b', 2.4),
        ],
      },
    ],
  };
  return shortened(await new View(parse(spec), { renderer: 'none' }).toSVG());
}
