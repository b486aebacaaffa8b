import { GanymedeError, writeFileDurably } from '@ganymede/core';
import { gamePictures } from '../pictures/games/index.js';
import type { Output } from '../terminal/output.js';

/** Flags of `games`. */
export interface GamesFlags {
  readonly out?: string;
  readonly seed: number;
}

/** `ganymede games <picture>`: computes something of `@ganymede/games` and draws it. Without a name: the list. */
export async function games(
  name: string | undefined,
  { out, seed }: GamesFlags,
  output: Output,
): Promise<void> {
  if (name === undefined) {
    const width = Math.max(...gamePictures.map((picture) => picture.name.length));
    const lines = gamePictures.map((picture) => `${picture.name.padEnd(width)}  ${picture.summary}`);
    const facts = gamePictures.map((picture) => ({ name: picture.name, summary: picture.summary }));
    output.result(lines.join('\n'), { pictures: facts });
    return;
  }
  const picture = gamePictures.find((known) => known.name === name);
  if (picture === undefined)
    throw new GanymedeError('GANYMEDE_USAGE', {
      message: `games: there is no picture "${name}"`,
      hint: `known: ${gamePictures.map((known) => known.name).join(', ')}`,
    });
  const file = out ?? `${name}.svg`;
  await writeFileDurably(file, await picture.draw({ seed }));
  output.result(`${picture.summary}\n${file}`, { picture: name, file });
}
