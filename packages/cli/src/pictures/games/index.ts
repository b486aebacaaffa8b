import { bestResponses } from './best-responses.js';
import type { GamePicture } from './game-picture.js';
import { meanField } from './mean-field.js';
import { phasePortrait } from './phase-portrait.js';
import { predictability } from './predictability.js';
import { sde } from './sde.js';
import { weakError } from './weak-error.js';

/** What `ganymede games` draws. */
export const gamePictures: readonly GamePicture[] = [
  bestResponses,
  phasePortrait,
  predictability,
  meanField,
  sde,
  weakError,
];
