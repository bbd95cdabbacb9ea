/** Chance as an argument: 0 <= x < 1. A simulation passes its own, seeded. */
export type Random = () => number

export const systemRandom: Random = () => Math.random()
