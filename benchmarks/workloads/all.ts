import type { Workload } from '../workload.js';
import { dcganWorkload } from './dcgan.js';
import { resnet32 } from './resnet-32.js';
import { seqganWorkloads } from './seqgan.js';
import { srresnet } from './srresnet.js';
import { wganGp } from './wgan-gp.js';

/** The rows of the table. */
export const workloads: readonly Workload[] = [
  dcganWorkload(28, 64),
  dcganWorkload(64, 16),
  wganGp,
  srresnet,
  ...seqganWorkloads,
  resnet32,
];
