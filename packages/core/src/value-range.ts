import { isFloating, type Value } from '@ganymede/tensor';

/** What numbers a value holds. */
export interface ValueRange {
  /** Smallest and largest of the finite numbers; null where there are none. */
  readonly min: number | null;
  readonly max: number | null;
  readonly nan: number;
  /** Infinities of either sign. */
  readonly infinite: number;
  readonly count: number;
}

/** The range of a value's numbers. */
export function rangeOf({ dtype, data }: Value): ValueRange {
  let [min, max, nan, infinite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  const floating = isFloating(dtype);
  for (let i = 0; i < data.length; i++) {
    const x = Number(data[i]);
    if (floating && !Number.isFinite(x)) {
      if (Number.isNaN(x)) nan++;
      else infinite++;
      continue;
    }
    if (x < min) min = x;
    if (x > max) max = x;
  }
  const some = min <= max;
  return { min: some ? min : null, max: some ? max : null, nan, infinite, count: data.length };
}

const number = (x: number): string => String(Number(x.toPrecision(4)));

/** `-3.2 to 1.5, 4 NaN, 1 infinite of 64`. */
export function formatRange({ min, max, nan, infinite, count }: ValueRange): string {
  const finite = min === null || max === null ? 'nothing finite' : `${number(min)} to ${number(max)}`;
  const bad = [nan > 0 ? `${nan} NaN` : '', infinite > 0 ? `${infinite} infinite` : ''].filter(
    (x) => x !== '',
  );
  return [finite, ...(bad.length === 0 ? ['all finite'] : [`${bad.join(', ')} of ${count}`])].join(', ');
}
