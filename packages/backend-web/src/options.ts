import { z } from 'zod';

/** Options of {@link webBackend}. */
export const webOptions = z.object({
  device: z
    .enum(['auto', 'wasm', 'webgpu'])
    .default('auto')
    .describe('where graphs run; auto takes a real GPU where the browser offers one, else WebAssembly'),
  threads: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('threads of WebAssembly; more than 1 needs a page that is cross-origin isolated'),
  assets: z
    .string()
    .min(1)
    .optional()
    .describe(
      "where onnxruntime-web's .wasm files are, a URL that ends with / [default: beside the bundled script]",
    ),
  graphOptimization: z
    .enum(['disabled', 'basic', 'extended', 'all'])
    .default('all')
    .describe('how much ONNX Runtime rewrites graphs; lower only to find a fault'),
});

/** Options of {@link webBackend}, defaults filled in. */
export type WebOptions = z.output<typeof webOptions>;

/** A device that graphs are compiled for. */
export type WebDevice = Exclude<WebOptions['device'], 'auto'>;
