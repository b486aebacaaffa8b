import { GanymedeError } from '../error.js';
import type { NodeProto } from './gen/onnx_pb.js';

/** How many nodes of one kind a message names. */
const SHOWN = 3;

/** The operator of a node with its set, if that is not ONNX's own. */
const operatorOf = ({ domain, opType }: NodeProto): string =>
  domain === '' || domain === 'ai.onnx' ? opType : `${domain}.${opType}`;

/**
 * Refuses nodes whose operator is not `known`: one `GANYMEDE_ONNX_UNSUPPORTED` that names each operator, how many nodes need it
 * and where they are.
 */
export function surveyOperators(nodes: readonly NodeProto[], known: (opType: string) => boolean): void {
  const unknown = new Map<string, string[]>();
  for (const node of nodes) {
    const operator = operatorOf(node);
    if (operator === node.opType && known(operator)) continue;
    const places = unknown.get(operator) ?? [];
    places.push(node.name || node.output.find((name) => name !== '') || '');
    unknown.set(operator, places);
  }
  if (unknown.size === 0) return;
  const list = [...unknown].map(([operator, places]) => {
    const shown = places.slice(0, SHOWN).map((place) => `"${place}"`);
    const more = places.length > SHOWN ? [`${places.length - SHOWN} more`] : [];
    return `${operator} (${places.length} node${places.length === 1 ? '' : 's'}: ${[...shown, ...more].join(', ')})`;
  });
  throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
    message: `the file needs ${unknown.size === 1 ? 'an operator' : `${unknown.size} operators`} that the language lacks: ${list.join('; ')}`,
    hint: 'export the model without it, or take an output before it (`outputs`); docs/packages/tensor.md lists what there is',
    data: {
      operators: [...unknown].map(([operator, places]) => ({
        operator,
        count: places.length,
        nodes: places,
      })),
    },
  });
}
