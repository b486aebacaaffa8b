import type { ImageCosts } from './batch-sizes.js';
import { betterTorch, type Row } from './measure-row.js';

export interface Figures {
  readonly rows: readonly Row[];
  readonly costs: ImageCosts;
  /** Floating-point operations per second of a large product. */
  readonly peak: number;
  readonly machine: string;
  readonly date: string;
}

const markdown = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

/** The figures as Markdown: one row per workload, then the cost per image by batch size. */
export function performanceTable({ rows, costs, peak, machine, date }: Figures): string {
  const version = rows.find(({ torchVersion }) => torchVersion !== undefined)?.torchVersion ?? 'absent';
  const lines = rows.map((row) => {
    const { own, title, operations, compileMs } = row;
    const torch = betterTorch(row);
    const least = Math.min(...row.torch.map((side) => side.least));
    const floor = (operations / peak) * 1000;
    return [
      title,
      `${own.median.toFixed(1)} (${own.least.toFixed(1)})`,
      torch ? `${torch.median.toFixed(1)} (${least.toFixed(1)}), ${torch.name.split(' ')[1]}` : '',
      torch ? `**${(own.median / torch.median).toFixed(2)}** (${(own.least / least).toFixed(2)})` : '',
      `${floor.toFixed(1)}: ${(own.median / floor).toFixed(2)}x`,
      (compileMs / 1000).toFixed(2),
      torch ? `${mebibytes(own.peakMemory)} / ${mebibytes(torch.peakMemory)}` : mebibytes(own.peakMemory),
    ];
  });
  const perImage = markdown(
    ['DCGAN-28, batch', ...costs.map(({ batch }) => String(batch))],
    [
      ['ms per image, median', ...costs.map(({ median }) => median.toFixed(2))],
      ['least', ...costs.map(({ least }) => least.toFixed(2))],
    ],
  );
  return [
    `${date}, ${machine}; ${rows[0]?.backend ?? ''}; PyTorch ${version}. ` +
      `Product of 2048 x 2048 matrices: ${(peak / 1e9).toFixed(0)} GFLOP/s.`,
    '',
    markdown(
      [
        'A step of',
        'ms, median (least)',
        'PyTorch, better layout',
        'ratio',
        'floor, ms: times it',
        'compile, s',
        'peak MiB / PyTorch',
      ],
      lines,
    ),
    '',
    perImage,
  ].join('\n');
}
