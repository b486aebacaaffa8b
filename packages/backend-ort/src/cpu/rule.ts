import type { Tensor } from '@ganymede/tensor';
import type { Book } from './book.js';
import type { Laid } from './layout.js';

/** Rewrites one tensor of a graph, or leaves it (undefined) to the next rule. */
export type Rule = (node: Tensor, book: Book) => Laid | undefined;

/** Elements of a tensor whose sizes are all known. */
export const elements = (x: Tensor): number => x.shape.reduce<number>((n, d) => n * Number(d), 1);
