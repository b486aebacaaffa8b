/** The flags that choose a backend, as `start`, `resume` and `open` want them; nothing where none was given. */
export const backendChoice = ({
  backend,
  device,
}: {
  readonly backend?: string;
  readonly device?: string;
}) => ({
  ...(backend === undefined ? {} : { backend }),
  ...(device === undefined ? {} : { device }),
});
