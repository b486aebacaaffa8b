import { valueOf } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import { criticSurface } from './critic-surface.js';
import { type Plane, planeAround } from './plane.js';

describe('planeAround', () => {
  const plane = planeAround([-1, 0, 1, 1], 100);

  it('is a square about the points with a margin, its picture upside down', () => {
    expect(plane.side).toBeCloseTo(2.8, 12);
    expect(plane.low[0]).toBeCloseTo(-1.4, 12);
    expect(plane.low[1]).toBeCloseTo(-0.9, 12);
    expect(plane.at(0, 0.5).map(Math.round)).toEqual([50, 50]);
    expect(plane.at(-1.4, -0.9).map(Math.round)).toEqual([0, 100]);
  });

  it('cells go row by row from the top left', () => {
    const cells = plane.cells(2);
    expect(
      Array.from({ length: 4 }, (_, i) => plane.at(cells[2 * i] ?? 0, cells[2 * i + 1] ?? 0).map(Math.round)),
    ).toEqual([
      [25, 25],
      [75, 25],
      [25, 75],
      [75, 75],
    ]);
  });

  it('a single point has a plane, too', () => {
    expect(planeAround([3, 4]).side).toBeCloseTo(1.4, 12);
  });
});

describe('criticSurface', () => {
  const plane = planeAround([-1, -1, 1, 1]);
  /** The critic f(x, y) = a x: its slope goes to the right for positive a. */
  const critic = (a: number, n: number, { cells }: Plane) => ({
    logits: Array.from({ length: n * n }, (_, i) => a * (cells(n)[2 * i] as number)),
    slopes: Array.from({ length: 2 * n * n }, (_, i) => (i % 2 === 0 ? a : 0)),
  });
  const draw = (a: number, samples = [0, 0.5]) =>
    criticSurface({
      plane,
      real: valueOf([0, 0, 1, 1], [2, 2]),
      samples: valueOf(samples, [samples.length / 2, 2]),
      values: critic(a, 20, plane),
      arrows: critic(a, 4, plane),
      title: 'a plane',
    });
  const paths = (svg: string, stroke: string) =>
    [...svg.matchAll(/d="([^"]*)"[^>]*stroke="([^"]*)"/g)]
      .filter(([, , s]) => s === stroke)
      .map(([, d]) => d as string);

  it('has shaded bands, an arrow in each cell along the slope, dots for points', async () => {
    const svg = await draw(1);
    expect(svg).toContain('a plane');
    const bands = svg.match(/mark-shape[\s\S]*?<\/g>/)?.[0] ?? '';
    expect((bands.match(/<path/g) ?? []).length).toBeGreaterThan(5);
    const [arrows] = paths(svg, '#444');
    // Shaft and head of each: two moves.
    expect((arrows?.match(/M/g) ?? []).length).toBe(32);
    const [x0, , x1] = (/M([\d.]+) ([\d.]+)L([\d.]+)/.exec(arrows as string) ?? []).slice(1).map(Number);
    expect(x1).toBeGreaterThan(x0 as number);
    expect((paths(svg, 'black')[0]?.match(/h0/g) ?? []).length).toBe(2);
    expect(svg.length).toBeLessThan(100_000);
  });

  it('arrows turn with the slope, and points outside are left out', async () => {
    const svg = await draw(-1, [0, 0, 50, 50]);
    const [x0, , x1] = (/M([\d.]+) ([\d.]+)L([\d.]+)/.exec(paths(svg, '#444')[0] as string) ?? [])
      .slice(1)
      .map(Number);
    expect(x1).toBeLessThan(x0 as number);
    expect((paths(svg, '#f28e2b')[0]?.match(/h0/g) ?? []).length).toBe(1);
  });

  it('a flat critic has no arrows', async () => {
    expect(paths(await draw(0), '#444').join('')).toBe('');
  });
});
