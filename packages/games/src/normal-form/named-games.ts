import { bimatrix, zeroSum } from './bimatrix.js';
import type { NormalFormGame } from './normal-form-game.js';

/** The stag together is worth most; alone it is worth little, and the hare is safe. Two pure equilibria and a mixed one. */
export const stagHunt = (): NormalFormGame =>
  bimatrix(
    [
      [4, 1],
      [3, 2],
    ],
    [
      [4, 3],
      [1, 2],
    ],
    { name: 'stag hunt', rows: ['stag', 'hare'], columns: ['stag', 'hare'] },
  );

/** A large and a small pig: the lever costs who pushes it. Waiting is the column player's better choice whatever the other does. */
export const pigs = (): NormalFormGame =>
  bimatrix(
    [
      [4, 2],
      [6, 0],
    ],
    [
      [2, 3],
      [-1, 0],
    ],
    { name: 'pigs', players: ['large', 'small'], rows: ['push', 'wait'], columns: ['push', 'wait'] },
  );

/** One wants the same side, the other wants different sides: no pure equilibrium. */
export const matchingPennies = (): NormalFormGame =>
  zeroSum(
    [
      [1, -1],
      [-1, 1],
    ],
    {
      name: 'matching pennies',
      players: ['even', 'odd'],
      rows: ['heads', 'tails'],
      columns: ['heads', 'tails'],
    },
  );

/** Telling is better whatever the other does; both silent would be better for both. */
export const prisonersDilemma = (): NormalFormGame =>
  bimatrix(
    [
      [-1, -3],
      [0, -2],
    ],
    [
      [-1, 0],
      [-3, -2],
    ],
    { name: "prisoner's dilemma", rows: ['silent', 'tell'], columns: ['silent', 'tell'] },
  );

/** Together is better than apart, but each has its own favourite. */
export const battleOfTheSexes = (): NormalFormGame =>
  bimatrix(
    [
      [3, 0],
      [0, 2],
    ],
    [
      [2, 0],
      [0, 3],
    ],
    { name: 'battle of the sexes', rows: ['opera', 'football'], columns: ['opera', 'football'] },
  );

/** Each beats one and loses to one: only the even mixture is an equilibrium. */
export const rockPaperScissors = (): NormalFormGame =>
  zeroSum(
    [
      [0, -1, 1],
      [1, 0, -1],
      [-1, 1, 0],
    ],
    {
      name: 'rock, paper, scissors',
      rows: ['rock', 'paper', 'scissors'],
      columns: ['rock', 'paper', 'scissors'],
    },
  );
