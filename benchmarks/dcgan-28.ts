import { compareDcgan } from './dcgan.js';

export const summary = 'a DCGAN step at 28 pixels, batch 64, against PyTorch on the CPU';

export const run = (args: readonly string[]): Promise<void> =>
  compareDcgan({ size: 28, batch: 64, width: 64 }, args);
