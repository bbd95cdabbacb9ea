import { randomBytes } from 'node:crypto'

/** Chance as an argument: 0 <= x < 1. A simulation passes its own, seeded. */
export type Random = () => number

export const systemRandom: Random = () => Math.random()

/** Text that nobody can guess, for tokens: `bytes` random bytes in base64url. */
export const secretText = (bytes: number): string => randomBytes(bytes).toString('base64url')
