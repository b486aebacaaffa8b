export { adversarial } from './adversarial.js';
export type { AdversarialParts } from './adversarial-parts.js';
export { dcgan, dcganOptions } from './dcgan/dcgan.js';
export { dcganDiscriminator } from './dcgan/dcgan-discriminator.js';
export { dcganGenerator } from './dcgan/dcgan-generator.js';
export { type ImageShape, imageShape } from './image-shape.js';
export { drawLatent, type Latent, normal, uniform } from './latent.js';
export { continuous } from './plugin.js';
export { descendTrained, initTrained, type TrainedNetwork } from './trained-network.js';
export {
  alternating,
  type UpdateSchedule,
  wganCritics,
  type WganCriticsOptions,
} from './update-schedule.js';
export { toy, toyOptions } from './toy/toy.js';
export { toyDiscriminator, toyGenerator, type ToyNetworkOptions } from './toy/toy-networks.js';
export { type ToyLoss, toyLosses, type ToyRecipe, toyRecipes, type ToyScale } from './toy/toy-recipe.js';
