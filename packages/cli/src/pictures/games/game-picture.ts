/** A picture of something that `@ganymede/games` computes. */
export interface GamePicture {
  /** As `ganymede games <name>` calls it. */
  readonly name: string;
  readonly summary: string;
  /** Computes and draws: SVG text. `seed` is for what is drawn at random. */
  draw(options: { readonly seed: number }): Promise<string>;
}
