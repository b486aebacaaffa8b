import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Backend, createStepContext, type Executable, readOnnx, toHost } from '@ganymede/core';
import { fromOnnx } from '@ganymede/nn';
import {
  constant,
  GanymedeError,
  graph,
  input,
  optimize,
  softmax,
  type Tensor,
  type Value,
  value,
} from '@ganymede/tensor';
import type { z } from 'zod';
import { type OnnxFeaturesOptions, onnxFeaturesSchema } from './onnx-features-schema.js';
import type { OpenFeatures } from './open-features.js';
import { resizeMatrix } from './resize-matrix.js';

/** Image `[N, channels, height, width]` in [-1, 1] to what the network takes. */
function prepare(images: Tensor, options: OnnxFeaturesOptions, size: number | undefined): Tensor {
  const [, channels, height, width] = images.shape as readonly [unknown, number, number, number];
  let x = images;
  if (size !== undefined && (size !== height || size !== width)) {
    const along = (length: number): Tensor =>
      constant(value('float32', [size, length], Float32Array.from(resizeMatrix(length, size, options))));
    x = along(height)
      .matmul(x)
      .matmul(along(width).transpose([1, 0]));
  }
  if (channels === 1 && options.channels > 1) x = x.expand(['N', options.channels, ...x.shape.slice(2)]);
  const [low, high] = options.range;
  x = x
    .add(1)
    .mul((high - low) / 2)
    .add(low);
  const perChannel = (numbers: readonly number[]): Tensor =>
    constant(value('float32', [1, numbers.length, 1, 1], Float32Array.from(numbers)));
  if (options.mean !== undefined) x = x.sub(perChannel(options.mean));
  if (options.std !== undefined) x = x.div(perChannel(options.std));
  return options.layout === 'nhwc' ? x.transpose([0, 2, 3, 1]) : x;
}

/** Features as rows: maps of higher rank are averaged over their places. */
function asRows(features: Tensor, layout: 'nchw' | 'nhwc'): Tensor {
  if (features.rank <= 2) return features;
  const places = Array.from({ length: features.rank - 2 }, (_, i) => i + (layout === 'nchw' ? 2 : 1));
  return features.mean(places);
}

/**
 * Opens an ONNX file as a feature network for images in [-1, 1] of `shape` `[channels, height, width]`: Inception-v3 with its pooling layer
 * by name, a VGG, one's own classifier. What images go through before it (resize filter, range, means) is part of the provenance,
 * with the SHA-256 of the file. Maps are averaged over their places.
 *
 * Throws what `readOnnx` and `fromOnnx` throw, `GANYMEDE_NO_IMAGES` for other shapes, `GANYMEDE_FEATURE_SIZE` for features of no fixed
 * size.
 */
export async function onnxFeatures(
  given: z.input<typeof onnxFeaturesSchema>,
  shape: readonly number[],
  backend: Backend,
): Promise<OpenFeatures> {
  const options = onnxFeaturesSchema.parse(given);
  if (shape.length !== 3) {
    throw new GanymedeError('GANYMEDE_NO_IMAGES', {
      message: `an ONNX feature network takes images [channels, height, width], the samples are [${shape.join(', ')}]`,
      hint: "use features: 'raw' for points and other vectors",
    });
  }
  const model = await readOnnx(options.onnx);
  const hash = createHash('sha256')
    .update(await readFile(options.onnx))
    .digest('hex');
  const open: Executable[] = [];
  const program = (output: string | undefined) => {
    const choice = {
      ...(output === undefined ? {} : { output }),
      ...(options.input === undefined ? {} : { input: options.input }),
    };
    const declared = model.inputs.find(({ name }) => name === options.input) ?? model.inputs[0];
    const own = declared?.shape[options.layout === 'nchw' ? 2 : 1];
    const side = options.size ?? (typeof own === 'number' ? own : undefined);
    const images = input('images', ['N', ...shape]);
    const prepared = prepare(images, options, side);
    const network = fromOnnx(model, { ...choice, frozen: true, shape: prepared.shape });
    const { ctx } = createStepContext({ training: false });
    return { result: network.apply({}, prepared, ctx), side };
  };
  const compile = async (result: Tensor): Promise<OpenFeatures['network']['extract']> => {
    const executable = await backend.compile(optimize(graph({ outputs: { result } })));
    open.push(executable);
    return async (samples) => toHost((await executable.run({ images: samples })).result!);
  };
  const { result, side } = program(options.output);
  const features = asRows(result, options.layout);
  const size = features.shape[1];
  if (typeof size !== 'number') {
    throw new GanymedeError('GANYMEDE_FEATURE_SIZE', {
      message: `"${options.output ?? model.outputs[0]}" of ${options.onnx} has shape [${result.shape.join(', ')}]: no fixed number of features`,
      hint: 'name another value of the file with output',
    });
  }
  const resize =
    side === undefined || (side === shape[1] && side === shape[2])
      ? 'none'
      : `${options.filter}${options.antialias ? ' antialias' : ''} ${options.coordinates} to ${side}x${side}`;
  const source = `${path.basename(options.onnx)}#${options.output ?? model.outputs[0]}`;
  return {
    network: { source, size, extract: inBatches(await compile(features), options.batch) },
    probabilities: async () => {
      const { result: classes } = program(options.classes);
      const run = await compile(options.logits ? softmax(classes, 1) : classes);
      return { of: inBatches(run, options.batch), classes: classes.shape[1] as number };
    },
    provenance: {
      features: source,
      featureHash: hash,
      resize,
      range: options.range.join(' '),
      ...(options.mean === undefined ? {} : { mean: options.mean.join(' ') }),
      ...(options.std === undefined ? {} : { std: options.std.join(' ') }),
    },
    dispose: async () => {
      await Promise.all(open.map((executable) => executable.dispose()));
    },
  };
}

/** Runs a function of images on at most `batch` of them at a time. */
const inBatches =
  (run: (samples: Value) => Promise<Value>, batch: number) =>
  async (samples: Value): Promise<Value> => {
    const [count = 0, ...shape] = samples.shape;
    if (count <= batch) return run(samples);
    const size = samples.data.length / count;
    const parts: Value[] = [];
    for (let from = 0; from < count; from += batch) {
      const some = Math.min(batch, count - from);
      const data = (samples.data as Float32Array).subarray(from * size, (from + some) * size);
      parts.push(await run({ dtype: 'float32', shape: [some, ...shape], data }));
    }
    const width = (parts[0] as Value).data.length / batch;
    const data = new Float32Array(count * width);
    let at = 0;
    for (const part of parts) {
      data.set(part.data as Float32Array, at);
      at += part.data.length;
    }
    return { dtype: 'float32', shape: [count, width], data };
  };
