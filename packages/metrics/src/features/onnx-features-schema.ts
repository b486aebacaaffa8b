import { z } from 'zod';

/** A feature network from an ONNX file, and what an image goes through before it. */
export const onnxFeaturesSchema = z.strictObject({
  onnx: z.string().min(1).describe('the .onnx file'),
  output: z
    .string()
    .optional()
    .describe(
      'the value in the file that holds the features: an output, or any in between by name. Default: its first output',
    ),
  classes: z
    .string()
    .optional()
    .describe(
      'the value that holds class logits or probabilities, for scores by class. Default: the first output',
    ),
  logits: z.boolean().default(true).describe('whether those are logits, to which a softmax is applied'),
  input: z.string().optional().describe("the file's input. Default: the only one"),
  size: z
    .number()
    .int()
    .positive()
    .optional()
    .describe(
      "side in pixels that images are resized to; Inception-v3 takes 299. Default: the file's, or none",
    ),
  filter: z
    .enum(['nearest', 'box', 'bilinear', 'bicubic', 'lanczos'])
    .default('bicubic')
    .describe('filter of the resizing'),
  antialias: z.boolean().default(true).describe('smooth before shrinking, as Pillow does'),
  coordinates: z
    .enum(['half-pixel', 'asymmetric'])
    .default('half-pixel')
    .describe('where resized pixels lie: half-pixel, or asymmetric as in TensorFlow 1'),
  range: z
    .tuple([z.number(), z.number()])
    .default([-1, 1])
    .describe('what the network takes for black and white'),
  mean: z.array(z.number()).optional().describe('subtracted from each channel after that'),
  std: z.array(z.number().positive()).optional().describe('divides each channel after that'),
  layout: z.enum(['nchw', 'nhwc']).default('nchw').describe("order of the network's axes"),
  channels: z
    .number()
    .int()
    .positive()
    .default(3)
    .describe('channels the network takes; grey images are repeated'),
  batch: z.number().int().positive().default(32).describe('images at a time'),
});

/** Options of {@link onnxFeatures} with defaults filled in. */
export type OnnxFeaturesOptions = z.output<typeof onnxFeaturesSchema>;
