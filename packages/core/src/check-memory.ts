import {
  type Bindings,
  bindShape,
  bytesPerElement,
  formatShape,
  GanymedeError,
  type Graph,
  inputName,
  isStatic,
  resolveShape,
  type Tensor,
} from '@ganymede/tensor';
import type { Held } from './backend.js';
import { nodeModule } from './node-module.js';

/** What a graph needs at once, at the least. */
export interface MemoryNeed {
  /** Bytes of all tensors that are alive at the worst moment, inputs and outputs included. */
  readonly bytes: number;
  /** The largest tensor. */
  readonly largest: { readonly tensor: Tensor; readonly bytes: number; readonly shape: readonly number[] };
}

/**
 * The least memory that computing `graph` takes, with results written over operands wherever these are not needed any more.
 * `sizes` are those of its named dimensions. Undefined where a size is not known.
 */
export function memoryNeed({ nodes, outputs }: Graph, sizes: Bindings = new Map()): MemoryNeed | undefined {
  const lastUse = new Map<Tensor, number>();
  nodes.forEach((node, i) => {
    for (const operand of node.inputs) lastUse.set(operand, i);
  });
  for (const output of Object.values(outputs)) lastUse.set(output, nodes.length);
  const bytes = new Map<Tensor, number>();
  let live = 0;
  let most = 0;
  let largest: MemoryNeed['largest'] | undefined;
  for (const [i, tensor] of nodes.entries()) {
    const shape = shapeOf(tensor, sizes);
    if (shape === undefined) return undefined;
    const own = shape.reduce((product, d) => product * d, bytesPerElement(tensor.dtype));
    bytes.set(tensor, own);
    if (largest === undefined || own > largest.bytes) largest = { tensor, bytes: own, shape };
    const dying = [...new Set(tensor.inputs)].filter((operand) => lastUse.get(operand) === i);
    const freed = dying.reduce((sum, operand) => sum + (bytes.get(operand) ?? 0), 0);
    most = Math.max(most, live - freed + Math.max(freed, own));
    live += own - freed;
  }
  return largest && { bytes: most, largest };
}

function shapeOf({ shape }: Tensor, sizes: Bindings): readonly number[] | undefined {
  if (isStatic(shape)) return shape;
  try {
    return resolveShape(shape, sizes);
  } catch {
    return undefined; // A size that follows from values, not from the inputs' shapes.
  }
}

/** All memory that this process may use, in bytes; infinite where that cannot be asked. */
export function availableMemory(): number {
  if (globalThis.process?.versions?.node === undefined) return Number.POSITIVE_INFINITY;
  const limit = globalThis.process.constrainedMemory?.() ?? 0;
  const total = nodeModule('node:os').totalmem();
  return limit > 0 ? Math.min(limit, total) : total;
}

/**
 * Refuses a graph that needs more than `limit` bytes at once, before it is tried: `GANYMEDE_BACKEND_MEMORY`, naming its largest
 * tensor. Returns the same check for the feeds of a run, which does something only where the graph has named dimensions.
 */
export function checkMemory(
  graph: Graph,
  limit: number,
  where: string,
): (feeds: Readonly<Record<string, Held>>) => void {
  refuse(memoryNeed(graph), limit, where);
  if (graph.inputs.every(({ shape }) => isStatic(shape))) return () => {};
  const named = graph.inputs.filter(({ shape }) => !isStatic(shape));
  let fitting = '';
  return (feeds) => {
    const sizes: Bindings = new Map();
    for (const x of named) bindShape(x.shape, feeds[inputName(x) as string]?.shape ?? [], sizes);
    const key = [...sizes].join();
    if (key === fitting) return;
    refuse(memoryNeed(graph, sizes), limit, where);
    fitting = key;
  };
}

function refuse(need: MemoryNeed | undefined, limit: number, where: string): void {
  if (need === undefined || need.bytes <= limit) return;
  const { tensor, bytes, shape } = need.largest;
  const layer = tensor.scope === '' ? '' : ` of "${tensor.scope}"`;
  throw new GanymedeError('GANYMEDE_BACKEND_MEMORY', {
    message:
      `${where} has ${formatBytes(limit)} of memory, and the graph needs at least ${formatBytes(need.bytes)} at once; ` +
      `its largest tensor is ${tensor.operator.name}${layer}, ${tensor.dtype} ${formatShape(shape)}, ${formatBytes(bytes)}`,
    hint: 'use a smaller batch, smaller layers, or a machine with more memory',
    data: { bytes: need.bytes, limit, operator: tensor.operator.name, shape, scope: tensor.scope },
  });
}

const formatBytes = (bytes: number): string => {
  const [size, unit] = bytes >= 2 ** 30 ? [bytes / 2 ** 30, 'GiB'] : [bytes / 2 ** 20, 'MiB'];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
};
