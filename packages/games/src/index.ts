export { bimatrix, type BimatrixNames, type PayoffMatrix, zeroSum } from './normal-form/bimatrix.js';
export {
  battleOfTheSexes,
  matchingPennies,
  pigs,
  prisonersDilemma,
  rockPaperScissors,
  stagHunt,
} from './normal-form/named-games.js';
export {
  type MixedProfile,
  type NormalFormGame,
  normalForm,
  type NormalFormOptions,
  payoffsAt,
  type Profile,
  profileIndex,
  profilesOf,
  strategyCounts,
} from './normal-form/normal-form-game.js';
export { games } from './plugin.js';
