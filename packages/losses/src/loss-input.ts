import { GanymedeError } from '@ganymede/tensor';

/** `x`, or `GANYMEDE_LOSS_INPUT` naming the loss and what it lacks. */
export function required<T>(x: T | undefined, loss: string, what: string): T {
  if (x !== undefined) return x;
  throw new GanymedeError('GANYMEDE_LOSS_INPUT', {
    message: `${loss} needs ${what}, which was not given`,
    hint: 'hand it over in the last argument of the loss, or use an algorithm that does',
    data: { loss, needs: what },
  });
}
