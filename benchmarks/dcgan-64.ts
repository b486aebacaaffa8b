import { compareDcgan } from './dcgan.js';

export const summary = 'a DCGAN step at 64 pixels, batch 16, against PyTorch on the CPU';

export const run = (args: readonly string[]): Promise<void> =>
  compareDcgan({ size: 64, batch: 16, width: 64 }, args);
