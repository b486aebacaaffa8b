import { GanymedeError } from '@ganymede/tensor';
import { describe, expect, it } from 'vitest';
import type { Clock } from './clock.js';
import { createContainer } from './container.js';
import { bindServices, tokens } from './services.js';
import { token } from './token.js';

const clock = token<Clock>('@acme/test/clock');
const at = (time: number): Clock => ({ now: () => time, elapsed: () => time });

describe('container', () => {
  it('gives what was bound, by the name of the token', () => {
    const container = createContainer().bind(clock, at(1));
    expect(container.get(clock).now()).toBe(1);
    expect(container.get(token<Clock>('@acme/test/clock')).now()).toBe(1);
    expect(container.bind(clock, at(2)).get(clock).now()).toBe(2);
  });

  it('makes lazily, once, from other services', () => {
    const sum = token<{ value: number }>('@acme/test/sum');
    let made = 0;
    const container = createContainer()
      .bindLazily(sum, (c) => {
        made += 1;
        return { value: c.get(clock).now() + 1 };
      })
      .bind(clock, at(4));
    expect(made).toBe(0);
    expect(container.get(sum).value).toBe(5);
    expect(container.get(sum)).toBe(container.get(sum));
    expect(made).toBe(1);
  });

  it('falls back on its parent', () => {
    const parent = createContainer().bind(clock, at(1));
    const child = parent.child();
    expect(child.get(clock).now()).toBe(1);
    child.bind(clock, at(2));
    expect([child.get(clock).now(), parent.get(clock).now()]).toEqual([2, 1]);
  });

  it('names what is missing and what is near', () => {
    const container = createContainer().bind(clock, at(1));
    expect(container.has(token('@acme/test/clok'))).toBe(false);
    try {
      container.get(token('@acme/test/clok'));
      expect.unreachable();
    } catch (error) {
      expect(GanymedeError.is(error, 'GANYMEDE_NO_SERVICE')).toBe(true);
      expect((error as Error).message).toContain('did you mean "@acme/test/clock"?');
    }
  });

  it("brings core's services and takes replacements", () => {
    expect(bindServices().get(tokens.rng)(3).seed).toBe(3);
    expect(
      bindServices({ clock: at(9) })
        .get(tokens.clock)
        .now(),
    ).toBe(9);
  });
});
