import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** A Vega-Lite picture as SVG text, numbers to two decimals. */
export async function drawSpec(spec: TopLevelSpec): Promise<string> {
  const svg = await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
  return svg.replaceAll(/(\.\d\d)\d+/g, '$1');
}
