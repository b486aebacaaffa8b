/** A request that cannot be answered as asked: the HTTP status, and the text of `{"error": …}`. Holds no paths and no native messages. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
