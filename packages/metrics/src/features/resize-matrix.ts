/** How images are brought to the size that a feature network takes. FID moves by several points with it (Parmar et al. 2022). */
export interface ResizeFilter {
  readonly filter: 'nearest' | 'box' | 'bilinear' | 'bicubic' | 'lanczos';
  /** Widen the filter where the image shrinks, as Pillow does and PyTorch's and TensorFlow's plain resizing do not. */
  readonly antialias: boolean;
  /** Where new pixels lie: evenly over the image, or at multiples of the scale, as in TensorFlow 1. */
  readonly coordinates: 'half-pixel' | 'asymmetric';
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Kernels and how far they reach, in source pixels. Keys' cubic with a = -0.5, as Pillow has it. */
const kernels: Readonly<
  Record<ResizeFilter['filter'], { readonly reach: number; weight(x: number): number }>
> = {
  nearest: { reach: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  box: { reach: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { reach: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: {
    reach: 2,
    weight: (x) => {
      const t = Math.abs(x);
      if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
      return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
    },
  },
  lanczos: { reach: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** A line of `from` pixels to one of `to`, as the rows of a matrix `[to, from]`, row-major: each sums to 1. */
export function resizeMatrix(
  from: number,
  to: number,
  { filter, antialias, coordinates }: ResizeFilter,
): Float64Array {
  const out = new Float64Array(to * from);
  const scale = from / to;
  const { reach, weight } = kernels[filter];
  const widened = antialias && filter !== 'nearest' ? Math.max(scale, 1) : 1;
  for (let i = 0; i < to; i++) {
    // Counted from pixel centres.
    const centre = coordinates === 'half-pixel' ? (i + 0.5) * scale - 0.5 : i * scale;
    if (filter === 'nearest') {
      const nearest = coordinates === 'half-pixel' ? Math.floor((i + 0.5) * scale) : Math.floor(centre);
      out[i * from + Math.min(from - 1, nearest)] = 1;
      continue;
    }
    const first = Math.ceil(centre - reach * widened - 1e-9);
    const last = Math.floor(centre + reach * widened + 1e-9);
    // Smoothed filters end at the border and are weighed anew; plain ones repeat the border's pixel.
    const inside = (j: number): boolean => j >= 0 && j < from;
    let total = 0;
    for (let j = first; j <= last; j++) {
      if (antialias && !inside(j)) continue;
      const w = weight((j - centre) / widened);
      out[i * from + Math.max(0, Math.min(from - 1, j))]! += w;
      total += w;
    }
    for (let j = 0; j < from; j++) out[i * from + j]! /= total;
  }
  return out;
}
