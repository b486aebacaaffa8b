/** Contributions of source samples to one target sample: a triangle filter, widened when shrinking so that it averages. */
function contributions(
  from: number,
  to: number,
): readonly (readonly (readonly [index: number, weight: number])[])[] {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  return Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * ratio - 0.5;
    const taps: [number, number][] = [];
    for (let k = Math.ceil(center - reach); k <= Math.floor(center + reach); k++) {
      const weight = 1 - Math.abs(k - center) / reach;
      if (weight > 0 && k >= 0 && k < from) taps.push([k, weight]);
    }
    const total = taps.reduce((sum, [, weight]) => sum + weight, 0);
    return taps.map(([k, weight]) => [k, weight / total] as const);
  });
}

/** A function that resizes grey images of `height` x `width` bytes to `size` x `size` (bilinear; averaging when shrinking). */
export function pixelResizer(
  height: number,
  width: number,
  size: number,
): (pixels: Uint8Array) => Uint8Array {
  const columns = contributions(width, size);
  const rows = contributions(height, size);
  return (pixels) => {
    const wide = new Float64Array(height * size);
    for (let y = 0; y < height; y++) {
      columns.forEach((taps, x) => {
        for (const [k, weight] of taps) wide[y * size + x]! += weight * (pixels[y * width + k] as number);
      });
    }
    const out = new Uint8Array(size * size);
    rows.forEach((taps, y) => {
      for (let x = 0; x < size; x++) {
        let sum = 0;
        for (const [k, weight] of taps) sum += weight * (wide[k * size + x] as number);
        out[y * size + x] = Math.round(sum);
      }
    });
    return out;
  };
}

/** A function that centres grey images of `height` x `width` bytes on a background of 0, `size` x `size`. */
export function pixelPadder(height: number, width: number, size: number): (pixels: Uint8Array) => Uint8Array {
  const top = Math.floor((size - height) / 2);
  const left = Math.floor((size - width) / 2);
  return (pixels) => {
    const out = new Uint8Array(size * size);
    for (let y = 0; y < height; y++)
      out.set(pixels.subarray(y * width, (y + 1) * width), (top + y) * size + left);
    return out;
  };
}
