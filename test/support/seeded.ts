/** Chance that can be repeated: the same seed gives the same numbers. mulberry32. */
export interface Seeded {
  readonly seed: number
  /** 0 (inclusive) to 1 (exclusive). */
  real(): number
  /** A whole number from `min` to `max`, both inclusive. */
  whole(min: number, max: number): number
  pick<T>(choices: readonly T[]): T
  bytes(size: number): Buffer
}

export const seeded = (seed: number): Seeded => {
  let state = seed >>> 0
  const real = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const whole = (min: number, max: number): number => min + Math.floor(real() * (max - min + 1))
  return {
    seed,
    real,
    whole,
    pick: choices => choices[whole(0, choices.length - 1)] as (typeof choices)[number],
    bytes(size) {
      const bytes = Buffer.allocUnsafe(size)
      for (let at = 0; at < size; at++) bytes[at] = whole(0, 255)
      return bytes
    }
  }
}

/** `MQ_SEED` repeats a run; otherwise a new seed. Print it. */
export const runSeed = (): number => {
  const given = process.env['MQ_SEED']
  return given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given)
}
