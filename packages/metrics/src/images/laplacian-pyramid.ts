import { GanymedeError, type Value } from '@ganymede/tensor';

/** One level of a pyramid: images `[count, channels, height, width]` as plain numbers. */
export interface PyramidLevel {
  readonly data: Float32Array;
  readonly count: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Levels of a pyramid over images of this size: halved while both sides are even and stay at least `smallest`. */
export function pyramidLevels(height: number, width: number, smallest = 16): number {
  let levels = 1;
  let [h, w] = [height, width];
  while (h % 2 === 0 && w % 2 === 0 && Math.min(h, w) / 2 >= smallest) {
    [h, w] = [h / 2, w / 2];
    levels += 1;
  }
  return levels;
}

/** Burt and Adelson's filter. */
const taps = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16] as const;

/** Index mirrored at the ends, which are not repeated. */
function mirrored(i: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const at = ((i % period) + period) % period;
  return at < length ? at : period - at;
}

/** Filters `lines` lines of `length` numbers `stride` apart; line l starts at `start(l)`. */
function filterLines(
  source: Float32Array,
  lines: number,
  start: (line: number) => number,
  length: number,
  stride: number,
): Float32Array {
  const out = new Float32Array(source.length);
  const places = Array.from({ length }, (_, i) => taps.map((_, t) => mirrored(i + t - 2, length) * stride));
  for (let line = 0; line < lines; line++) {
    const from = start(line);
    for (let i = 0; i < length; i++) {
      const place = places[i] as number[];
      let sum = 0;
      for (let t = 0; t < 5; t++) sum += taps[t]! * source[from + place[t]!]!;
      out[from + i * stride] = sum;
    }
  }
  return out;
}

/** Both axes filtered, mirrored at the borders. */
function smooth(level: PyramidLevel): PyramidLevel {
  const { data, count, channels, height, width } = level;
  const planes = count * channels;
  const rows = filterLines(data, planes * height, (line) => line * width, width, 1);
  const area = height * width;
  const columns = filterLines(
    rows,
    planes * width,
    (line) => Math.floor(line / width) * area + (line % width),
    height,
    width,
  );
  return { ...level, data: columns };
}

function halve(level: PyramidLevel): PyramidLevel {
  const { data, count, channels, height, width } = smooth(level);
  const [h, w] = [height / 2, width / 2];
  const out = new Float32Array(count * channels * h * w);
  let at = 0;
  for (let plane = 0; plane < count * channels; plane++) {
    for (let y = 0; y < h; y++) {
      const row = (plane * height + 2 * y) * width;
      for (let x = 0; x < w; x++) out[at++] = data[row + 2 * x]!;
    }
  }
  return { data: out, count, channels, height: h, width: w };
}

function double({ data, count, channels, height, width }: PyramidLevel): PyramidLevel {
  const [h, w] = [2 * height, 2 * width];
  const out = new Float32Array(count * channels * h * w);
  let at = 0;
  for (let plane = 0; plane < count * channels; plane++) {
    for (let y = 0; y < height; y++) {
      const row = (plane * h + 2 * y) * w;
      // Three of four numbers are zeros: the filter spreads a quarter of the mass.
      for (let x = 0; x < width; x++) out[row + 2 * x] = 4 * data[at++]!;
    }
  }
  return smooth({ data: out, count, channels, height: h, width: w });
}

/**
 * Laplacian pyramids (Burt, Adelson 1983; as in Karras et al. 2018, section 5) of images `[count, channels, height, width]`: level 0 holds
 * the finest detail, the last one what is left. Throws `GANYMEDE_IMAGE_SIZE` where `levels` would halve an odd side.
 */
export function laplacianPyramid(images: Value, levels: number): readonly PyramidLevel[] {
  const [count = 0, channels = 0, height = 0, width = 0] = images.shape;
  const halvings = 2 ** (levels - 1);
  if (images.shape.length !== 4 || height % halvings !== 0 || width % halvings !== 0) {
    throw new GanymedeError('GANYMEDE_IMAGE_SIZE', {
      message: `a pyramid of ${levels} levels needs images [count, channels, height, width] with sides that are multiples of ${halvings}, got [${images.shape.join(', ')}]`,
      hint: 'use fewer levels, or images of another size',
    });
  }
  const pyramid: PyramidLevel[] = [
    { data: new Float32Array(images.data as Float32Array), count, channels, height, width },
  ];
  for (let level = 1; level < levels; level++) {
    const finer = pyramid[level - 1] as PyramidLevel;
    const coarser = halve(finer);
    const back = double(coarser).data;
    for (let i = 0; i < back.length; i++) finer.data[i]! -= back[i]!;
    pyramid.push(coarser);
  }
  return pyramid;
}
