import { z } from 'zod';

/** Options of {@link tfjsNodeBackend}. */
export const tfjsNodeOptions = z.object({
  device: z
    .enum(['auto', 'cpu', 'gpu'])
    .default('auto')
    .describe('where graphs run; auto leaves it to TensorFlow, which takes a GPU if its build can use one'),
  threads: z
    .number()
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe('CPU threads inside one operator; fixed when TensorFlow is loaded [default: all cores]'),
  from: z
    .string()
    .min(1)
    .optional()
    .describe(
      'folder of the project to load tfjs-node from [default: GANYMEDE_TFJS_NODE, else the working directory]',
    ),
});

/** Options of {@link tfjsNodeBackend}, defaults filled in. */
export type TfjsNodeOptions = z.output<typeof tfjsNodeOptions>;
