import { z } from 'zod';

/** Options of {@link ortBackend}. */
export const ortOptions = z.object({
  device: z
    .enum(['auto', 'cpu', 'webgpu', 'cuda'])
    .default('auto')
    .describe('where graphs run; auto takes a real GPU if one can be used, else the CPU'),
  threads: z
    .number()
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe('CPU threads inside one operator [default: all cores available to the process]'),
  graphOptimization: z
    .enum(['auto', 'disabled', 'basic', 'extended', 'all'])
    .default('auto')
    .describe(
      'how much ONNX Runtime rewrites graphs; auto: not at all where that was done here (known sizes on the CPU), else all',
    ),
  profile: z
    .string()
    .min(1)
    .optional()
    .describe(
      'write a Chrome trace of every kernel to files that start with this path, one per compiled graph',
    ),
});

/** Options of {@link ortBackend}, defaults filled in. */
export type OrtOptions = z.output<typeof ortOptions>;

/** A device that graphs are compiled for. */
export type Device = Exclude<OrtOptions['device'], 'auto'>;
