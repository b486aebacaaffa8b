import type { Value } from '@ganymede/tensor';

/** Images `[count, channels, height, width]`, whatever the layout they come in. */
export function toNchw(images: Value, layout: 'NCHW' | 'NHWC' = 'NCHW'): Value {
  if (layout === 'NCHW') return images;
  const [count, height, width, channels] = images.shape as readonly [number, number, number, number];
  const data = (images.data as Float32Array).slice();
  const pixels = height * width;
  for (let n = 0; n < count; n++) {
    for (let p = 0; p < pixels; p++) {
      for (let c = 0; c < channels; c++) {
        data[(n * channels + c) * pixels + p] = (images.data as Float32Array)[
          (n * pixels + p) * channels + c
        ] as number;
      }
    }
  }
  return { dtype: 'float32', shape: [count, channels, height, width], data };
}
