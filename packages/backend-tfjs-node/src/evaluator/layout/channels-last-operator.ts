import {
  type Attributes,
  constant,
  defineOperator,
  evaluate,
  makeTensor,
  type Operator,
  type Tensor,
  transpose,
} from '@ganymede/tensor';

/** The permutation that takes `[N, C, ...]` to `[N, ..., C]`. */
export const toLast = (rank: number): number[] =>
  Array.from({ length: rank }, (_, i) => (i === 0 ? 0 : i === rank - 1 ? 1 : i + 1));

/** The permutation that takes `[N, ..., C]` to `[N, C, ...]`. */
export const toFirst = (rank: number): number[] =>
  Array.from({ length: rank }, (_, i) => (i === 0 ? 0 : i === 1 ? rank - 1 : i - 1));

/** A filter `[K, C, ...]` becomes `[..., C, K]`, as TensorFlow wants it. */
const filterLast = (rank: number): number[] => [...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1, 0];
const filterFirst = (rank: number): number[] => [
  rank - 1,
  rank - 2,
  ...Array.from({ length: rank - 2 }, (_, i) => i),
];

const known = new Map<Operator, Operator>();

/** The same operator for images with their channels last, and filters `[..., C, K]`. Attributes stay as they are. */
function channelsLastOf(operator: Operator): Operator {
  const given = known.get(operator);
  if (given !== undefined) return given;
  const inFirst = ([x, w, ...others]: readonly Tensor[], attributes: Attributes): Tensor => {
    const image = transpose(x as Tensor, toFirst((x as Tensor).rank));
    const filters = w === undefined ? [] : [transpose(w, filterFirst(w.rank))];
    const y = makeTensor(operator, [image, ...filters, ...others], attributes);
    return transpose(y, toLast(y.rank));
  };
  const made = defineOperator({
    name: channelsLastName(operator.name),
    infer: inFirst,
    evaluate: (values, attributes) =>
      evaluate(
        {
          y: inFirst(
            values.map((x) => constant(x)),
            attributes,
          ),
        },
        {},
      ).y.data,
    onnx: {},
  });
  known.set(operator, made);
  return made;
}

/** What the form with channels last of an operator is called in the table of kernels. */
export const channelsLastName = (name: string): string => `${name}${SUFFIX}`;

/** The operator's own name. */
export const withoutLayout = (name: string): string => name.replace(SUFFIX, '');

const SUFFIX = ' (channels last)';

/** `node` for an image that has its channels last, with its other inputs as they were: filters are turned here. */
export function channelsLast(node: Tensor, image: Tensor): Tensor {
  const [, w, ...others] = node.inputs;
  const filters = w === undefined ? [] : [transpose(w, filterLast(w.rank))];
  return makeTensor(channelsLastOf(node.operator), [image, ...filters, ...others], node.attributes);
}
