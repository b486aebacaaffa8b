import type { Rng } from '@ganymede/core';
import type { Value } from '@ganymede/tensor';

/** A point of the plane. */
export type Point = readonly [x: number, y: number];

/** A distribution of points in the plane that a generator can learn within seconds. */
export interface World {
  /** Centres of its modes; empty where it has none. */
  readonly centres: readonly Point[];
  /** Standard deviation of the noise about each mode or curve, per axis; 0 where there is none. */
  readonly sigma: number;
  /** Largest coordinate of its centres or curves, noise aside, in absolute value: what networks are scaled by. */
  readonly extent: number;
  /** Modes, moons or lines: point `i` of a draw is of class `i mod classes`. 0: the points have no classes. */
  readonly classes: number;
  /**
   * `count` points, float32 `[count, 2]`, out of an unending stream: call 0, 1, 2… of one generator are draws of their own, and a
   * longer draw begins with the shorter one.
   */
  draw(count: number, rng: Rng, call?: number): Value;
}
