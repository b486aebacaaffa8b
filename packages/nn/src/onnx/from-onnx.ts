import { flattenTree, mapTree, type Network, type Tree } from '@ganymede/core';
import {
  constant,
  type ExternalReader,
  GanymedeError,
  type OnnxModel,
  openOnnx,
  type Shape,
  type Tensor,
  type Value,
} from '@ganymede/tensor';
import { variableTree } from './variable-tree.js';

/** Options of {@link fromOnnx}. */
export interface FromOnnxOptions {
  /**
   * The value of the file that the network returns: one of its outputs, or by name any in between (the features of a layer).
   * Only what it needs is built, so that the rest of the file may use operators that the language lacks.
   * @defaultValue the file's first output
   */
  readonly output?: string;
  /** The file's input that `apply` feeds. @defaultValue the only one that the output needs */
  readonly input?: string;
  /** Shape of that input in place of the file's: for files exported at a fixed batch size. @defaultValue the file's */
  readonly shape?: Shape;
  /** Whether the weights are constants of the program instead of variables: a feature extractor that is never trained. @defaultValue false */
  readonly frozen?: boolean;
  /** Short kind name, by which an enclosing `sequential` numbers this network. @defaultValue 'onnx' */
  readonly name?: string;
  /** Reads weights kept in other files, where `model` is bytes. (`readOnnx` of `@ganymede/core` does.) */
  readonly external?: ExternalReader;
}

/** An ONNX model as a network. */
export interface OnnxNetwork extends Network {
  readonly model: OnnxModel;
  /** The weights in the file: what `init` returns. Dots in their names become slashes. */
  readonly variables: Tree<Value>;
  /**
   * Several values of the file at once, from tensors for all inputs that they need: `GANYMEDE_FEED` if one is missing.
   * @defaultValue `names`: the file's outputs
   */
  outputsOf(
    variables: Tree<Tensor>,
    inputs: Readonly<Record<string, Tensor>>,
    names?: readonly string[],
  ): Readonly<Record<string, Tensor>>;
}

/**
 * An ONNX model (opset 13 to 21, made of operators that the language has or can express) as a network: pretrained feature
 * extractors that gradients flow through, transfer, exported generators put to further use.
 *
 * `init` returns the weights in the file, whatever the random numbers. `apply` builds the model's program at the shape of its
 * input, for inference: statistics of batch normalizations are buffers and stay as they are. Initializers that are floating
 * and no scalars are variables, everything else is constant.
 *
 * Throws what `openOnnx` and `decodeOnnx` throw, `GANYMEDE_ONNX_VALUE` for an output that the file does not have, and
 * `GANYMEDE_ONNX_INPUT` where it has not the input, or the output needs several and none was chosen.
 *
 * ```ts
 * import { createStepContext } from '@ganymede/core';
 * import { fromOnnx } from '@ganymede/nn';
 * import { encodeOnnx, evaluate, graph, input, valueOf } from '@ganymede/tensor';
 *
 * // Any file would do: await readOnnx('vgg.onnx'), with readOnnx from @ganymede/core.
 * const bytes = encodeOnnx(graph({ outputs: { y: input('x', ['N', 2]).mul(input('features.0.scale', [2])).relu() } }), {
 *   initializers: { 'features.0.scale': valueOf([2, -2]) },
 * });
 * const network = fromOnnx(bytes, { frozen: true });
 * const { ctx } = createStepContext({ training: false });
 * const y = network.apply({}, input('images', [1, 2]), ctx);
 * evaluate({ y }, { images: valueOf([3, 4], [1, 2]) }).y.data; // => [6, 0]
 * ```
 */
export function fromOnnx(source: OnnxModel | Uint8Array, options: FromOnnxOptions = {}): OnnxNetwork {
  const { frozen = false, name = 'onnx', shape, external } = options;
  const model = 'build' in source ? source : openOnnx(source, external === undefined ? {} : { external });
  const output = options.output ?? (model.outputs[0] as string);
  const fed = inputOf(model, output, options.input);
  const { tree, pathOf } = variableTree(model, output);
  const shapes = shape === undefined ? {} : { [fed]: shape };

  const outputsOf: OnnxNetwork['outputsOf'] = (variables, inputs, names = model.outputs) => {
    requireInputs(model, names, inputs);
    const given = frozen ? mapTree(tree, (v) => constant(v)) : variables;
    const flat = flattenTree(given);
    const initializers = Object.fromEntries(
      Object.keys(model.initializers).map((key) => {
        const tensor = flat[pathOf(key)];
        // What the network's output does not need is no variable; other outputs read it from the file.
        return [key, tensor ?? constant(model.initializers[key] as Value)];
      }),
    );
    return model.build({ inputs, initializers, shapes, outputs: names }).outputs;
  };

  return {
    name,
    model,
    variables: frozen ? {} : tree,
    buffers: frozen
      ? []
      : model.statistics.map(pathOf).filter((path) => Object.hasOwn(flattenTree(tree), path)),
    init: () => (frozen ? {} : tree),
    apply: (variables, x) => outputsOf(variables, { [fed]: x }, [output])[output] as Tensor,
    outputsOf,
  };
}

const wrongInput = (model: OnnxModel, message: string): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_INPUT', {
    message,
    hint: `the file's inputs are ${model.inputs.map((x) => x.name).join(', ') || '(none)'}`,
    data: { inputs: model.inputs.map((x) => x.name) },
  });

/** The input that `apply` feeds. */
function inputOf(model: OnnxModel, output: string, wanted: string | undefined): string {
  const needed = model.needs([output]).inputs;
  if (wanted !== undefined) {
    if (model.inputs.some((x) => x.name === wanted)) return wanted;
    throw wrongInput(model, `the file has no input "${wanted}"`);
  }
  const [only] = needed;
  if (only !== undefined && needed.length === 1) return only;
  throw wrongInput(
    model,
    needed.length === 0
      ? `output "${output}" depends on no input of the file`
      : `output "${output}" needs the inputs ${needed.join(', ')}; choose one with { input }, or call outputsOf`,
  );
}

function requireInputs(
  model: OnnxModel,
  names: readonly string[],
  inputs: Readonly<Record<string, Tensor>>,
): void {
  const missing = model.needs(names).inputs.find((name) => !Object.hasOwn(inputs, name));
  if (missing === undefined) return;
  throw new GanymedeError('GANYMEDE_FEED', {
    message: `${names.join(', ')}: the model needs a tensor for its input "${missing}"`,
    hint: 'outputsOf(variables, { … }) takes one for each input',
    data: { input: missing },
  });
}
