import type { Formula, Module } from '@ganymede/core';
import { shownNumber } from '@ganymede/testing';
import { divergences, losses } from '../src/index.js';

const limit = (x: number): string =>
  x === Infinity ? '∞' : x === -Infinity ? '−∞' : shownNumber(x).replace('-', '−');
/** `[0, ∞)`. */
const interval = ([low, high]: readonly [number, number]): string =>
  low === high
    ? `{${limit(low)}}`
    : `${low === -Infinity ? '(' : '['}${limit(low)}, ${limit(high)}${high === Infinity ? ')' : ']'}`;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly string[]): string =>
  [row(...heads), `|${heads.map(() => '---|').join('')}`, ...rows].join('\n');

/** `@ganymede/losses/f-gan` to `fGan`. */
const functionOf = ({ id }: Module): string =>
  id.replace(/^.*\//, '').replace(/-(\w)/g, (_, c: string) => c.toUpperCase());
const of = (kind: string): readonly Module[] => losses.modules.filter((module) => module.kind === kind);
const formula = (module: Module, name: string): Formula =>
  module.reference?.formulas[name] ?? { equation: '', range: [Number.NaN, Number.NaN] };
const source = ({ reference }: Module): string =>
  reference === undefined ? '' : `${reference.title} (${reference.authors}, ${reference.year})`;

const lossTable = (): string =>
  table(
    ['Function', 'Discriminator minimises', 'in', 'Generator minimises', 'in', 'Source'],
    of('loss').map((module) => {
      const [d, g] = [formula(module, 'discriminator'), formula(module, 'generator')];
      const name = `\`${functionOf(module)}()\``;
      return row(name, d.equation, interval(d.range), g.equation, interval(g.range), source(module));
    }),
  );

const regularizerTable = (): string =>
  table(
    ['Function', 'Adds', 'in', 'Source'],
    of('regularizer').map((module) => {
      const { equation, range } = formula(module, 'penalty');
      return row(`\`${functionOf(module)}()\``, equation, interval(range), source(module));
    }),
  );

const divergenceTable = (): string =>
  table(
    ['`divergence`', 'f(u)', 'D_f in'],
    Object.entries(divergences).map(([name, make]) => {
      const { generator, range } = make(0.5);
      // The largest α-divergence depends on α.
      return row(
        `\`${name}\``,
        generator,
        name === 'alpha' ? '[0, 1/(α(1 − α))] for 0 < α < 1, else [0, ∞)' : interval(range),
      );
    }),
  );

/** The page with its generated parts, between `<!-- generated: name -->` and `<!-- end -->`, made anew. */
export function withTables(page: string): string {
  const made: Readonly<Record<string, () => string>> = {
    losses: lossTable,
    regularizers: regularizerTable,
    divergences: divergenceTable,
  };
  return page.replace(
    /(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => `${start}\n${made[name]?.() ?? ''}\n\n${end}`,
  );
}
