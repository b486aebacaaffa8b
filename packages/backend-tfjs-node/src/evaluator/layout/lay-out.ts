import {
  eliminateDeadCode,
  expand,
  type Graph,
  graph,
  makeTensor,
  mergeCommonSubexpressions,
  reshape,
  sameShape,
  scopeAt,
  simplifyTransposes,
  type Tensor,
  transpose,
} from '@ganymede/tensor';
import { channelsLast, toFirst, toLast } from './channels-last-operator.js';

/** A rewritten tensor, in one order of axes or in both; the one that is there was computed, the other is its transpose. */
interface Laid {
  first?: Tensor;
  last?: Tensor;
}

type Book = Map<Tensor, Laid>;

/** Operators with kernels that want channels last. */
const windows = new Set(['Conv', 'ConvTranspose', 'MaxPool', 'AveragePool']);
const reductions = new Set(['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd']);

const elementwise = new Set(
  (
    'Abs Add And Cast Ceil Clip Cos Div Elu Equal Erf Exp Floor Greater GreaterOrEqual IsNaN LeakyRelu Less LessOrEqual Log ' +
    'Max Min Mod Mul Neg Not Or Pow Reciprocal Relu Round Sigmoid Sign Sin Softplus Sqrt Sub Tanh Where'
  ).split(' '),
);

const inFirst = (laid: Laid): Tensor => {
  const last = laid.last as Tensor;
  laid.first ??= transpose(last, toFirst(last.rank));
  return laid.first;
};

const inLast = (laid: Laid): Tensor => {
  const first = laid.first as Tensor;
  laid.last ??= transpose(first, toLast(first.rank));
  return laid.last;
};

/**
 * Gives convolutions and pooling their images with channels last, as TensorFlow's kernels want them, and keeps that order
 * through elementwise operators and reductions between them: transposes remain where it begins and ends. Results stay the
 * same but for the order of sums.
 */
export function layOut(source: Graph): Graph {
  if (!source.nodes.some((node) => windows.has(node.operator.name))) return source;
  const book: Book = new Map();
  for (const node of source.nodes)
    book.set(
      node,
      scopeAt(node.scope, () => rewrite(node, book)),
    );
  const outputs = Object.entries(source.outputs).map(([name, x]) => [name, inFirst(book.get(x) as Laid)]);
  const laid = graph({ outputs: Object.fromEntries(outputs), name: source.name });
  return eliminateDeadCode(mergeCommonSubexpressions(simplifyTransposes(laid)));
}

function rewrite(node: Tensor, book: Book): Laid {
  const { name } = node.operator;
  const inputs = node.inputs.map((x) => book.get(x) as Laid);
  const [x] = inputs;
  if (x !== undefined && windows.has(name))
    return { last: channelsLast(withFilter(node, inputs), inLast(x)) };
  const turned = x !== undefined && node.rank > 2 ? inOrder(node, inputs) : undefined;
  if (turned !== undefined) return turned;
  if (x?.last !== undefined && reductions.has(name)) return reduced(node, x);
  const plain = inputs.map(inFirst);
  return {
    first: plain.every((input, i) => input === node.inputs[i])
      ? node
      : makeTensor(node.operator, plain, node.attributes),
  };
}

/** The convolution with its filter and bias as they are now. */
function withFilter(node: Tensor, inputs: readonly Laid[]): Tensor {
  const now = inputs.map((input, i) => (i === 0 ? (node.inputs[0] as Tensor) : inFirst(input)));
  return makeTensor(node.operator, now, node.attributes);
}

/** Elementwise operators and Expand, where an operand of full size has its channels last already. */
function inOrder(node: Tensor, inputs: readonly Laid[]): Laid | undefined {
  const { name } = node.operator;
  if (name === 'Expand') {
    const [x] = inputs as readonly [Laid];
    if (x.last === undefined || x.last.rank !== node.rank) return undefined;
    return {
      last: expand(
        x.last,
        toLast(node.rank).map((axis) => node.shape[axis] ?? 1),
      ),
    };
  }
  if (!elementwise.has(name)) return undefined;
  const full = inputs.filter((_, i) => sameShape((node.inputs[i] as Tensor).shape, node.shape));
  const turned = full.filter(({ last }) => last !== undefined).length;
  if (turned === 0 || 2 * turned < full.length) return undefined;
  const operands = inputs.map((x, i) => operand(node.inputs[i] as Tensor, x, node.rank));
  return { last: makeTensor(node.operator, operands, node.attributes) };
}

/** An operand with its channels last, however many leading axes it leaves to broadcasting. */
function operand(x: Tensor, laid: Laid, rank: number): Tensor {
  if (x.rank === 0) return inFirst(laid);
  if (x.rank === rank) return inLast(laid);
  const leading = new Array<number>(rank - x.rank).fill(1);
  return transpose(reshape(inFirst(laid), [...leading, ...x.shape]), toLast(rank));
}

/** A reduction over the axes where they lie now. */
function reduced(node: Tensor, x: Laid): Laid {
  const last = x.last as Tensor;
  const { axes } = node.attributes as { axes: readonly number[] };
  const moved = axes.map((axis) => toLast(last.rank).indexOf(axis)).sort((a, b) => a - b);
  const kept = makeTensor(node.operator, [last], { axes: moved, keepdims: 1 });
  if (node.attributes.keepdims === 1) return { last: kept };
  return { first: reshape(transpose(kept, toFirst(last.rank)), node.shape) };
}
