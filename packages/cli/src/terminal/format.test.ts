import { expect, it } from 'vitest';
import { formatDuration, formatMetrics, formatRate } from './format.js';

it.each([
  [0, '0s'],
  [48.4, '48s'],
  [59.6, '1m00s'],
  [66, '1m06s'],
  [3599.4, '59m59s'],
  [3600, '1h00m'],
  [7500, '2h05m'],
  [7199.9, '2h00m'],
  [90_000, '25h00m'],
  [Number.POSITIVE_INFINITY, '?'],
  [Number.NaN, '?'],
])('formats %d seconds as %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

it('names losses in one letter, first, and never prints long numbers', () => {
  expect(formatMetrics({ realLogit: 0.5, discriminatorLoss: 0.6123, generatorLoss: 1.9312 })).toBe(
    'D 0.612  G 1.93  realLogit 0.500',
  );
  expect(formatMetrics({ accuracy: 1, nll: 123456 })).toBe('nll 1.23e+5  accuracy 1.00');
  expect(formatMetrics({})).toBe('');
});

it.each([
  [8.234, '8.2'],
  [0.314, '0.31'],
  [118.2, '118'],
  [12345, '12345'],
])('formats %d iterations per second as %s', (rate, text) => expect(formatRate(rate)).toBe(text));
