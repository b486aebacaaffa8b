/** `1m06s`, `48s`, `2h05m`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const s = Math.round(seconds);
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m${String(s % 60).padStart(2, '0')}s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`;
}

const isLoss = (name: string): boolean => /loss$|^nll/i.test(name);

/** Metrics in few letters, losses first: `D 0.61  G 1.93  realLogit 0.4`. */
export function formatMetrics(metrics: Readonly<Record<string, number>>): string {
  const short: Readonly<Record<string, string>> = { discriminatorLoss: 'D', generatorLoss: 'G' };
  const entries = Object.entries(metrics);
  return [...entries.filter(([name]) => isLoss(name)), ...entries.filter(([name]) => !isLoss(name))]
    .map(
      ([name, x]) => `${short[name] ?? name} ${Math.abs(x) >= 1e4 ? x.toExponential(2) : x.toPrecision(3)}`,
    )
    .join('  ');
}

/** `8.2`, `118`, `0.31`: three digits, never an exponent. */
export const formatRate = (rate: number): string => (rate >= 100 ? rate.toFixed(0) : rate.toPrecision(2));
