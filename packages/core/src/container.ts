import { GanymedeError } from '@ganymede/tensor';
import { Container as InversifyContainer } from 'inversify';
import { didYouMean } from './nearest.js';
import type { Token } from './token.js';

/** Services by typed token. */
export interface Container {
  /** Binds a value; a later binding of the same token takes its place. */
  bind<T>(token: Token<T>, value: T): Container;
  /** Binds what `make` returns, made once, when it is first asked for. */
  bindLazily<T>(token: Token<T>, make: (container: Container) => T): Container;
  has(token: Token<unknown>): boolean;
  /** Throws `GANYMEDE_NO_SERVICE`. */
  get<T>(token: Token<T>): T;
  /** A container that falls back on this one. */
  child(): Container;
}

const key = (token: Token<unknown>): symbol => Symbol.for(token.name);

/** Makes an empty container. inversify works inside; nothing outside this file knows. */
export const createContainer = (): Container => wrap(new InversifyContainer(), new Set());

function wrap(inner: InversifyContainer, names: Set<string>): Container {
  const unbind = (token: Token<unknown>): void => {
    if (inner.isCurrentBound(key(token))) inner.unbind(key(token));
    names.add(token.name);
  };
  const self: Container = {
    bind: (token, value) => {
      unbind(token);
      inner.bind(key(token)).toConstantValue(value);
      return self;
    },
    bindLazily: (token, make) => {
      unbind(token);
      inner
        .bind(key(token))
        .toDynamicValue(() => make(self))
        .inSingletonScope();
      return self;
    },
    has: (token) => inner.isBound(key(token)),
    get: <T>(token: Token<T>) => {
      if (inner.isBound(key(token))) return inner.get<T>(key(token));
      throw new GanymedeError('GANYMEDE_NO_SERVICE', {
        message: `no service "${token.name}" is bound`,
        hint: [`known: ${[...names].join(', ') || 'none'}`, didYouMean(token.name, names)]
          .filter((line) => line !== undefined)
          .join('\n  '),
        data: { token: token.name },
      });
    },
    child: () => wrap(new InversifyContainer({ parent: inner }), new Set(names)),
  };
  return self;
}
