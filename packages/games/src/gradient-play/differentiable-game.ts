import { mapTree, type Tree } from '@ganymede/core';
import { mapPlayers, type Players, tensorAt } from '@ganymede/nn';
import { isFloating, numbersOf, type Tensor, type Value, valueOf } from '@ganymede/tensor';

/** A game whose players minimise differentiable losses: tensor programs of everybody's parameters. */
export interface DifferentiableGame {
  readonly name: string;
  /** Where play starts: the parameters of every player, in the order in which they move where moves are in turn. */
  readonly start: Players<Tree<Value>>;
  /** The scalar that the player minimises. Float64 in, float64 out: constants take the parameters' type by themselves. */
  loss(player: string, params: Players<Tree<Tensor>>): Tensor;
}

/** The same tree with floating leaves in float64. */
export const inFloat64 = (tree: Tree<Value>): Tree<Value> =>
  mapTree(tree, (leaf) => (isFloating(leaf.dtype) ? valueOf(numbersOf(leaf), leaf.shape, 'float64') : leaf));

/** A game from its starting parameters, which become float64, and the losses. */
export const differentiableGame = ({ name, start, loss }: DifferentiableGame): DifferentiableGame => ({
  name,
  start: mapPlayers(start, inFloat64),
  loss,
});

/** What the player called `x` and the player called `y` minimise, each moving one number. */
export interface PlaneLosses {
  readonly x: (x: Tensor, y: Tensor) => Tensor;
  readonly y: (x: Tensor, y: Tensor) => Tensor;
}

/** A game of two players, `x` and `y`, who have one number each: one that can be drawn. */
export const planeGame = (
  name: string,
  losses: PlaneLosses,
  [x, y]: readonly [x: number, y: number],
): DifferentiableGame =>
  differentiableGame({
    name,
    start: { x: { at: valueOf(x) }, y: { at: valueOf(y) } },
    loss: (player, params) => {
      const at = (of: string) => tensorAt(params[of] as Tree<Tensor>, 'at');
      return (player === 'x' ? losses.x : losses.y)(at('x'), at('y'));
    },
  });

/** The plane game in which x minimises f and y maximises it. */
export const zeroSumPlane = (
  name: string,
  f: (x: Tensor, y: Tensor) => Tensor,
  start: readonly [x: number, y: number],
): DifferentiableGame => planeGame(name, { x: f, y: (x, y) => f(x, y).neg() }, start);
