import { GanymedeError } from '../error.js';
import type { NodeProto } from './gen/onnx_pb.js';

/** What a node reads: its inputs, and what the bodies among its attributes (of If, Loop, Scan) read from around them. */
export function readsOf(node: NodeProto): readonly string[] {
  const bodies = node.attribute.flatMap(({ g, graphs }) => (g === undefined ? graphs : [g, ...graphs]));
  if (bodies.length === 0) return node.input;
  const outer = bodies.flatMap((body) => {
    const own = new Set([...body.input, ...body.initializer].map(({ name }) => name));
    for (const inner of body.node) for (const name of inner.output) own.add(name);
    return [...body.node.flatMap(readsOf), ...body.output.map(({ name }) => name)].filter(
      (name) => !own.has(name),
    );
  });
  return [...node.input, ...outer];
}

/** How messages name a node. */
export const nodeName = ({ name, output, opType }: NodeProto): string =>
  `node "${name || output.find((x) => x !== '') || ''}" (${opType})`;

const invalid = (message: string): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_INVALID', { message, hint: 'the file breaks a rule of ONNX' });

/** Which node makes each name. A name that is made twice, or that the file gives a value already, is `GANYMEDE_ONNX_INVALID`. */
function makers(nodes: readonly NodeProto[], given: ReadonlySet<string>): Map<string, NodeProto> {
  const made = new Map<string, NodeProto>();
  for (const node of nodes) {
    for (const name of node.output) {
      if (name === '') continue;
      if (made.has(name) || given.has(name))
        throw invalid(`${nodeName(node)} makes "${name}", which the file has already`);
      made.set(name, node);
    }
  }
  return made;
}

/**
 * The nodes that the wanted names need, each after those it reads. Files need not be in order, but a cycle, or a name that
 * nothing makes, is `GANYMEDE_ONNX_INVALID`. Iterative: files may be deeper than the call stack.
 */
export function neededNodes(
  nodes: readonly NodeProto[],
  wanted: readonly string[],
  given: ReadonlySet<string>,
): NodeProto[] {
  const made = makers(nodes, given);
  const finished = new Set<NodeProto>();
  const open = new Set<NodeProto>();
  const stack: { readonly node: NodeProto; readonly inputs: readonly string[]; next: number }[] = [];
  const visit = (node: NodeProto): void => {
    if (finished.has(node)) return;
    if (open.has(node)) {
      const from = stack.findIndex((entry) => entry.node === node);
      const cycle = stack.slice(from).map((entry) => nodeName(entry.node));
      throw invalid(`nodes read each other's results in a circle: ${cycle.slice(0, 5).join(', ')}`);
    }
    open.add(node);
    stack.push({ node, inputs: readsOf(node), next: 0 });
  };
  for (const name of wanted) {
    const last = made.get(name);
    if (last === undefined && !given.has(name)) throw invalid(`output "${name}" is made by no node`);
    if (last !== undefined) visit(last);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { node } = top;
      const input = top.inputs[top.next++];
      if (input === undefined) {
        finished.add(node);
        open.delete(node);
        stack.pop();
      } else if (input !== '' && !given.has(input)) {
        const maker = made.get(input);
        if (maker === undefined) throw invalid(`${nodeName(node)} reads "${input}", which nothing makes`);
        visit(maker);
      }
    }
  }
  // A set iterates in the order of insertion.
  return [...finished];
}
