import * as t from '../index.js';
import { between, fromX, given, indices, ofX, type OperatorCase } from '../../test/operator-case.js';

interface ResizeCase {
  readonly shape: readonly number[];
  readonly to: readonly number[];
  /** Given as scales; else as sizes. */
  readonly scales?: readonly number[];
  readonly mode: 'nearest' | 'linear' | 'cubic';
  readonly coordinates: 'half_pixel' | 'align_corners' | 'asymmetric' | 'pytorch_half_pixel';
  readonly rounding?: 'round_prefer_floor' | 'round_prefer_ceil' | 'floor' | 'ceil';
  readonly a?: number;
}

/** Kernel of an interpolation as a function of the distance, as Keys (1981) writes it. */
function kernel(mode: ResizeCase['mode'], distance: number, a: number): number {
  const d = Math.abs(distance);
  if (mode === 'linear') return Math.max(0, 1 - d);
  if (d <= 1) return (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1;
  return d < 2 ? a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a : 0;
}

/** What element `i` of the new axis takes of element `j` of the old one, written as a sum over the whole neighbourhood. */
function weight(row: ResizeCase, axis: number, i: number, j: number): number {
  const { mode, coordinates, rounding = 'round_prefer_floor', a = -0.75 } = row;
  const from = row.shape[axis + 2] ?? 1;
  const to = row.to[axis] ?? 1;
  const scale = row.scales?.[axis] ?? to / from;
  const place = {
    half_pixel: (i + 0.5) / scale - 0.5,
    pytorch_half_pixel: to === 1 ? 0 : (i + 0.5) / scale - 0.5,
    align_corners: to === 1 ? 0 : (i * (from - 1)) / (to - 1),
    asymmetric: i / scale,
  }[coordinates];
  const border = (k: number): number => Math.min(from - 1, Math.max(0, k));
  if (mode === 'nearest') {
    const down = place - Math.floor(place) === 0.5 ? Math.floor(place) : Math.round(place);
    const up = Math.round(place);
    const nearest = {
      round_prefer_floor: down,
      round_prefer_ceil: up,
      floor: Math.floor(place),
      ceil: Math.ceil(place),
    }[rounding];
    return border(nearest) === j ? 1 : 0;
  }
  let sum = 0;
  for (let k = -4; k < from + 4; k++) if (border(k) === j) sum += kernel(mode, place - k, a);
  return sum;
}

const rows: readonly ResizeCase[] = [
  ...(['half_pixel', 'align_corners', 'asymmetric'] as const).flatMap((coordinates): ResizeCase[] => [
    { shape: [1, 2, 3, 4], to: [6, 6], mode: 'linear', coordinates },
    { shape: [2, 1, 5, 3], to: [3, 2], mode: 'linear', coordinates },
    { shape: [1, 1, 4, 3], to: [7, 6], mode: 'cubic', coordinates },
    { shape: [1, 1, 6, 5], to: [4, 3], mode: 'cubic', coordinates, a: -0.5 },
    { shape: [1, 2, 4], to: [6], mode: 'linear', coordinates },
    { shape: [1, 1, 2, 3, 2], to: [3, 3, 5], mode: 'linear', coordinates },
    { shape: [1, 1, 4], to: [7], mode: 'cubic', coordinates },
    { shape: [1, 1, 3, 2, 4], to: [2, 4, 5], mode: 'cubic', coordinates },
    { shape: [1, 2, 3, 4], to: [1, 1], mode: 'linear', coordinates },
  ]),
  { shape: [1, 1, 3, 4], to: [1, 8], mode: 'linear', coordinates: 'pytorch_half_pixel' },
  { shape: [1, 1, 3, 4], to: [6, 6], scales: [2, 1.5], mode: 'linear', coordinates: 'half_pixel' },
  { shape: [1, 1, 5, 4], to: [2, 2], scales: [0.5, 0.5], mode: 'cubic', coordinates: 'half_pixel' },
  { shape: [1, 1, 3, 2], to: [6, 6], scales: [2, 3], mode: 'nearest', coordinates: 'half_pixel' },
  { shape: [1, 1, 4, 4], to: [2, 2], scales: [0.5, 0.5], mode: 'nearest', coordinates: 'half_pixel' },
  ...(['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'] as const).flatMap(
    (rounding): ResizeCase[] => [
      { shape: [1, 1, 3, 4], to: [5, 6], mode: 'nearest', coordinates: 'half_pixel', rounding },
      { shape: [1, 2, 5], to: [3], mode: 'nearest', coordinates: 'asymmetric', rounding },
      { shape: [1, 1, 5, 3], to: [3, 5], mode: 'nearest', coordinates: 'align_corners', rounding },
    ],
  ),
];

/** Images of another size. */
export const resizeCases: readonly OperatorCase[] = [
  ...rows.map((row): OperatorCase => {
    const { shape, to, scales, mode, coordinates, rounding, a } = row;
    const extent = scales === undefined ? { sizes: to } : { scales };
    const how = { ...(rounding && { rounding }), ...(a !== undefined && { cubicCoefficient: a }) };
    return {
      name: `resize ${mode} ${coordinates} ${rounding ?? ''}${a ?? ''} [${shape}] to [${to}]${scales === undefined ? '' : ' by scales'}`,
      inputs: { x: between(shape) },
      build: ofX((x) => t.resize(x, { ...extent, mode, coordinates, ...how })),
      expected: fromX([...shape.slice(0, 2), ...to], (x, n = 0, c = 0, ...at) =>
        indices(shape.slice(2)).reduce(
          (sum, from) =>
            sum + x(n, c, ...from) * from.reduce((w, j, axis) => w * weight(row, axis, at[axis] ?? 0, j), 1),
          0,
        ),
      ),
    };
  }),
  {
    name: 'resize nearest of integers',
    inputs: { x: given('int32', [1, 1, 2], [3, 7]) },
    build: ofX((x) => t.resize(x, { sizes: 5, coordinates: 'asymmetric', rounding: 'floor' })),
    expected: fromX([1, 1, 5], (x, _, __, i = 0) => x(0, 0, i < 3 ? 0 : 1)),
    notDifferentiable: 'integers',
  },
];
