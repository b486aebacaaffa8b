/** Range of what can be any number. */
export const anyNumber = [-Infinity, Infinity] as const;
/** Range of what is 0 or more. */
export const notNegative = [0, Infinity] as const;
/** Range of what is 0 or less. */
export const notPositive = [-Infinity, 0] as const;
