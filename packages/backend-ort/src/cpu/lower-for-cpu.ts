import { type Graph, graph, isStatic, makeTensor, scopeAt, type Tensor } from '@ganymede/tensor';
import { expansion, reduction, transposition } from './axes.js';
import { type Book, createBook } from './book.js';
import { convolution } from './convolution.js';
import { elementwise } from './elementwise.js';
import { fewFilterGradient } from './few-filter-gradient.js';
import { fewFilters } from './few-filters.js';
import { flattenedProduct, productToImages } from './flattened-product.js';
import { laid, type Laid } from './layout.js';
import { parametricRectifier } from './parametric-slope.js';
import type { Rule } from './rule.js';
import { depthToSpace, repetition, shuffleGradient } from './shuffle.js';
import { rectifierGradient } from './slope.js';
import { tallProduct } from './tall-product.js';
import { transposedConvolution } from './transposed-convolution.js';
import { tiledConvolution } from './winograd/tiled-convolution.js';
import { tiledFilterGradient } from './winograd/tiled-filter-gradient.js';

/** The first that applies to a tensor rewrites it. */
const imageRules: readonly Rule[] = [
  // First: what it takes looks like few filters as well.
  fewFilterGradient,
  fewFilters,
  convolution,
  transposedConvolution,
  flattenedProduct,
  productToImages,
  tallProduct,
  rectifierGradient,
  parametricRectifier,
  depthToSpace,
  shuffleGradient,
  repetition,
  elementwise,
  reduction,
  expansion,
  transposition,
];

/** Before those, where a bit or two may be lost. */
const trainingRules: readonly Rule[] = [tiledConvolution, tiledFilterGradient, ...imageRules];

/** Without convolutions nothing is laid out anew. */
const otherRules: readonly Rule[] = [tallProduct];

/**
 * Rewrites a graph of known sizes into the forms that ONNX Runtime's CPU kernels compute fastest: convolutions as matrix
 * products with channels last, that order carried through everything in between, and faster spellings of some elementwise
 * operators and reductions. The same mathematics; sums are taken in another order. In graphs without a convolution only tall
 * products change; graphs with named dimensions are returned as they are. `training` takes forms that are exact to 2e-6 of the
 * largest result rather than 8e-7.
 */
export function lowerForCpu(program: Graph, { training = false } = {}): Graph {
  const { nodes, outputs, name } = program;
  if (!nodes.every(({ shape }) => isStatic(shape))) return program;
  const images = training ? trainingRules : imageRules;
  const rules = nodes.some(isConvolution) ? images : otherRules;
  const book = createBook(program);
  for (const node of nodes)
    book.set(
      node,
      scopeAt(node.scope, () => rewrite(node, book, rules)),
    );
  if (nodes.every((node) => book.laidOut(node).stored === node)) return program;
  const results = Object.entries(outputs).map(
    ([key, x]) => [key, scopeAt(x.scope, () => book.get(x))] as const,
  );
  return graph({ outputs: Object.fromEntries(results), name });
}

const isConvolution = ({ operator }: Tensor): boolean =>
  operator.name === 'Conv' || operator.name === 'ConvTranspose';

function rewrite(node: Tensor, book: Book, rules: readonly Rule[]): Laid {
  if (node.inputs.length === 0) return laid(node);
  for (const rule of rules) {
    const result = rule(node, book);
    if (result !== undefined) return result;
  }
  const inputs = node.inputs.map((x) => book.get(x));
  return laid(
    inputs.every((x, i) => x === node.inputs[i]) ? node : makeTensor(node.operator, inputs, node.attributes),
  );
}
