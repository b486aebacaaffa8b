import type { Discriminator, Generator, Loss, Optimizer, Regularizer } from '@ganymede/core';
import type { Average, Dynamics } from '@ganymede/nn';
import type { Latent } from './latent.js';
import type { UpdateSchedule } from './update-schedule.js';

/** The parts a GAN with differentiable samples is made of. */
export interface AdversarialParts {
  readonly latent: Latent;
  /** `[batch, latent]` to samples; images in [-1, 1]. */
  readonly generator: Generator;
  /** Samples to raw logits. */
  readonly discriminator: Discriminator;
  readonly loss: Loss;
  /** Terms added to the losses, and rules for parameters; each says which network it is of. */
  readonly regularizers?: readonly Regularizer[];
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer };
  /** How often each network is updated in an iteration. Default: one update each. */
  readonly schedule?: UpdateSchedule;
  /** How the two move when both are updated: `inTurn()` unless told otherwise, `simultaneous()`, `extragradient()`… of nn. */
  readonly dynamics?: Dynamics;
  /**
   * Batches whose gradients are added up for one update, as if one batch were as large as all of them together: for batches that do not fit
   * in memory. With the default dynamics, or `simultaneous()`. Default: 1.
   */
  readonly accumulate?: number;
  /**
   * Average of the generator's parameters that sampling and export then use: its decay, such as 0.999, or `ema(…)` of nn. Default:
   * none.
   */
  readonly ema?: number | Average;
  /**
   * What both networks are told besides their input: by condition, the field of the data that it is. `{ label: 'labels' }` makes a
   * conditional GAN. Generated samples are conditioned on what the batch's real ones have. The loss gets the condition `label` as the
   * labels of both sides.
   */
  readonly conditions?: Readonly<Record<string, string>>;
  /**
   * Samples whose classes are known, for semi-supervised losses: the fields of the data with samples and labels. The discriminator's
   * loss gets the class logits and labels of these.
   */
  readonly labelled?: { readonly samples: string; readonly labels: string };
}
