import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Output } from '../terminal/output.js';
import { games } from './games.js';

const folder = mkdtempSync(join(tmpdir(), 'games-'));
afterAll(() => rmSync(folder, { recursive: true }));

const said: string[] = [];
const output = { result: (text: string) => said.push(text) } as unknown as Output; // the command says nothing else

it('without a name, lists the pictures', async () => {
  await games(undefined, { seed: 1 }, output);
  expect(said.at(-1)).toContain('phase-portrait');
  expect(said.at(-1)).toContain('best-responses');
});

it('draws the phase portrait: the simultaneous path leaves the picture, the others stay', async () => {
  const out = join(folder, 'phase.svg');
  await games('phase-portrait', { out, seed: 1 }, output);
  const svg = readFileSync(out, 'utf8');
  expect(svg.startsWith('<svg')).toBe(true);
  for (const title of [
    'simultaneous',
    'alternating',
    'extragradient',
    'consensus, γ = 1',
    'symplectic, λ = 1',
  ])
    expect(svg).toContain(title);
  const steps = [...svg.matchAll(/aria-roledescription="line mark"[\s\S]*?d="([^"]+)"/g)].map(
    ([, d = '']) => d.split('L').length,
  );
  expect(steps).toHaveLength(5);
  expect(steps[0]).toBeLessThan(121);
  expect(steps.slice(1)).toEqual([121, 121, 121, 121]);
});

it('draws the weak error of the equation of training with its two orders', async () => {
  const out = join(folder, 'weak-error.svg');
  await games('weak-error', { out, seed: 1 }, output);
  const svg = readFileSync(out, 'utf8');
  for (const text of ['correction: order 2.00', 'correction: order 1.00']) expect(svg).toContain(text);
});

it('draws training beside its equation', async () => {
  const out = join(folder, 'sde.svg');
  await games('sde', { out, seed: 1 }, output);
  const svg = readFileSync(out, 'utf8');
  for (const text of ['generator θ', 'discriminator ω', 'training', 'equation']) expect(svg).toContain(text);
});

it('draws best responses', async () => {
  const out = join(folder, 'best.svg');
  await games('best-responses', { out, seed: 1 }, output);
  const svg = readFileSync(out, 'utf8');
  for (const text of ['stag hunt, alternating', 'heads, tails', '6, -1']) expect(svg).toContain(text);
});

it('names the pictures there are', async () => {
  await expect(games('nothing', { seed: 1 }, output)).rejects.toMatchObject({ code: 'GANYMEDE_USAGE' });
});
