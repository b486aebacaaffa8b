import { GanymedeError } from '@ganymede/core';

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** ONNX Runtime starts messages with a source file, a function signature and the failed check; people need the rest. */
const withoutPreamble = (text: string): string =>
  text
    .replace(/^.*?(?=Could not find an implementation)/s, '')
    .replace(/^\S*\/onnxruntime\/\S+:\d+ .*? was false\. /s, '')
    .replace(/\/\S*onnxruntime\S*\.(cc|h):\d+ /g, '')
    .trim();

const firstGroup = (text: string, ...patterns: readonly RegExp[]): string | undefined => {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
};

/** The graph node that a message of ONNX Runtime speaks of. */
export const nodeIn = (text: string): string | undefined =>
  firstGroup(text, /Name:'([^']+)'/, /node with name '([^']+)'/, /Node:? ?\(([^)]+)\)/, /Node name: (\S+)/);

const operatorIn = (text: string): string | undefined =>
  firstGroup(
    text,
    /implementation for (\w+)\(\d+\)/,
    /No Op registered for (\w+)/,
    /Fatal error: (?:[\w.]+:)?(\w+)\(-?\d+\) is not a registered/,
  );

/** A WebGPU buffer that could not be made is "invalid", or more than one binding can hold. */
const OUT_OF_MEMORY = /alloc|out[ _]of[ _](device[ _])?memory|\[Invalid Buffer|maxStorageBuffer/i;

/**
 * The error for a graph that ONNX Runtime refuses: `GANYMEDE_BACKEND_OPERATOR`, `GANYMEDE_BACKEND_MEMORY` or
 * `GANYMEDE_BACKEND_COMPILE`.
 */
export function compileError(cause: unknown, device: string, backend = 'ort'): GanymedeError {
  const text = withoutPreamble(textOf(cause));
  const node = nodeIn(text);
  const operator = operatorIn(text);
  const where = node === undefined ? '' : ` at node "${node}"`;
  if (OUT_OF_MEMORY.test(text)) return memoryError(cause, `preparing the graph${where}`, device, backend);
  if (operator !== undefined) {
    return new GanymedeError('GANYMEDE_BACKEND_OPERATOR', {
      message: `${backend} on ${device} has no kernel for operator "${operator}"${where}`,
      hint: 'use another device or dtype (most kernels exist for float32 only), or write it with other operators',
      data: { operators: [operator], node, device },
      cause,
    });
  }
  return new GanymedeError('GANYMEDE_BACKEND_COMPILE', {
    message: `${backend} on ${device} refused the graph${where}: ${text}`,
    hint: 'the node is named after the layer that made it; check its inputs, or report the graph if they are right',
    data: { node, device },
    cause,
  });
}

/** The error for a run that failed inside ONNX Runtime: `GANYMEDE_BACKEND_MEMORY` or `GANYMEDE_BACKEND_RUN`. */
export function runError(cause: unknown, device: string, backend = 'ort'): GanymedeError {
  const text = withoutPreamble(textOf(cause));
  const node = nodeIn(text);
  const doing = `running${node === undefined ? '' : ` node "${node}"`}`;
  if (OUT_OF_MEMORY.test(text)) return memoryError(cause, doing, device, backend);
  return new GanymedeError('GANYMEDE_BACKEND_RUN', {
    message: `${backend} on ${device} failed while ${doing}: ${text}`,
    hint: 'check the values fed, such as indices beyond the axis they select from',
    data: { node, device },
    cause,
  });
}

function memoryError(cause: unknown, doing: string, device: string, backend: string): GanymedeError {
  const text = withoutPreamble(textOf(cause));
  return new GanymedeError('GANYMEDE_BACKEND_MEMORY', {
    message: `${backend} on ${device} ran out of memory while ${doing}: ${text}`,
    hint: 'use a smaller batch, smaller layers, or a machine with more memory',
    data: { node: nodeIn(text), device },
    cause,
  });
}
