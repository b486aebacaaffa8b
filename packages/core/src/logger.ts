/** Where remarks for the operator go; pino and console fit. A service. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Warnings and errors on standard error; nothing else is said. */
export const stderrLogger: Logger = {
  info: () => {},
  warn: (message) => console.error(message),
  error: (message) => console.error(message),
};
