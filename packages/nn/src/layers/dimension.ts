import { formatShape, GanymedeError, type Shape } from '@ganymede/tensor';

/**
 * Dimension `axis` of `shape` (negative counts from the end) as a number, for the size of a variable. Throws
 * `GANYMEDE_NAMED_DIMENSION` for a name and `GANYMEDE_SHAPE` where there is no such dimension.
 */
export function sizeAt(layer: string, shape: Shape, axis: number): number {
  const size = shape.at(axis);
  if (typeof size === 'number') return size;
  if (size === undefined) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `${layer}: an input of shape ${formatShape(shape)} has no dimension ${axis}`,
    });
  }
  throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
    message: `${layer}: dimension ${axis} of ${formatShape(shape)} decides the size of a variable, so it must be a number`,
    hint: 'only the batch and, in convolutional networks, height and width may be named',
  });
}

/** Throws `GANYMEDE_SHAPE` unless `shape` has `rank` dimensions, described by `layout` (`[batch, channels, height, width]`). */
export function requireRank(layer: string, shape: Shape, rank: number, layout: string): void {
  if (shape.length === rank) return;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${layer}: expected an input ${layout}, got ${formatShape(shape)}`,
    hint:
      rank === 4
        ? 'put reshape([channels, height, width]) before it'
        : 'put flatten() or reshape(…) before it',
  });
}

/** Throws `GANYMEDE_SHAPE` unless `shape` has `least` dimensions or more: batch, channels, and positions. */
export function requireChannels(layer: string, shape: Shape, least = 2): void {
  if (shape.length >= least) return;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${layer}: expected an input [batch, channels${least > 2 ? ', positions…' : ', …'}], got ${formatShape(shape)}`,
    hint: 'put reshape(…) before it',
  });
}

/** Channels of each of `groups`. Throws `GANYMEDE_SHAPE` where they do not divide the channels, dimension 1 of `shape`. */
export function channelsInGroups(layer: string, shape: Shape, groups: number): number {
  const channels = sizeAt(layer, shape, 1);
  if (channels % groups === 0) return channels / groups;
  throw new GanymedeError('GANYMEDE_SHAPE', {
    message: `${layer}: the ${channels} channels of ${formatShape(shape)} do not fall into ${groups} groups`,
    hint: 'choose a number of groups that divides the channels',
    data: { layer, channels, groups },
  });
}
