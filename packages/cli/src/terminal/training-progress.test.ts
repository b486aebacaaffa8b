import { afterEach, expect, it, vi } from 'vitest';
import { createOutput } from './output.js';
import { trainingProgress } from './training-progress.js';

afterEach(() => void vi.restoreAllMocks());

function lines(mode: { json: boolean; quiet: boolean }, total: number | undefined, steps: number): string[] {
  const text: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((part) => text.push(String(part)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => text.push(String(part)) > 0);
  const before = process.stderr.isTTY;
  process.stderr.isTTY = false;
  const progress = trainingProgress(createOutput(mode), 0, total);
  for (let i = 1; i <= steps; i++) progress.step(i, { generatorLoss: 2 });
  progress.stop();
  process.stderr.isTTY = before;
  return text.join('').split('\n').slice(0, -1);
}

it('prints about twenty plain lines where there is no terminal, the last one at the end', () => {
  const printed = lines({ json: false, quiet: false }, 1010, 1010);
  expect(printed.length).toBe(20);
  expect(printed.at(-1)).toMatch(/^ {2}1,010\/1,010 · \d+ it\/s · 0s left · G 2\.00$/);
});

it('prints every fiftieth iteration where nobody knows the end', () => {
  const printed = lines({ json: false, quiet: false }, undefined, 120);
  expect(printed.length).toBe(2);
  expect(printed[0]).toMatch(/^ {2}50 · \d+ it\/s · G 2\.00$/);
});

it('prints an object per iteration for machines, and nothing when quiet', () => {
  expect(lines({ json: true, quiet: false }, 2, 2).map((line) => JSON.parse(line))).toEqual([
    { event: 'step', iteration: 1, generatorLoss: 2 },
    { event: 'step', iteration: 2, generatorLoss: 2 },
  ]);
  expect(lines({ json: false, quiet: true }, 2, 2)).toEqual([]);
});
