/** The list of hostile cases of a run: which, how many, in which order. Pure: the same seed gives the same list. */
import { seeded } from '../support/seeded.ts'
import { type Attack, heavyAttacks, mutate, rawAttacks } from './mutations.ts'
import type { Example, Server } from './requests.ts'

export interface HostileCase extends Attack {
  readonly server: Server
  /** The request code that was mutated; undefined = the attack starts from no valid request. */
  readonly code: number | undefined
  readonly name: string
  readonly opaque: number
}

/** At least this many mutations of every code, and this part of all cases are mutations of valid frames. */
export const perCodeMin = 100
export const validPart = 0.8

export interface CasePlan {
  readonly seed: number
  readonly count: number
  /** Smaller runs take fewer of each code. */
  readonly perCode: number
}

export const planOf = (seed: number, count: number, codes: number): CasePlan => ({
  seed,
  count,
  perCode: Math.min(perCodeMin, Math.floor((count * validPart) / codes))
})

export const hostileCases = (examples: readonly Example[], plan: CasePlan): HostileCase[] => {
  const random = seeded(plan.seed)
  const cases: HostileCase[] = []
  const add = (server: Server, attack: Attack, opaque: number, example?: Example): void => {
    cases.push({ ...attack, server, opaque, code: example?.code, name: example?.name ?? 'raw' })
  }
  const addMutation = (example: Example): void => {
    const opaque = 1_000 + cases.length * 2
    add(example.server, mutate(example, opaque, random), opaque, example)
  }
  for (const example of examples) for (let n = 0; n < plan.perCode; n++) addMutation(example)
  while (cases.length < plan.count * validPart) addMutation(random.pick(examples))
  for (const attack of heavyAttacks(Math.min(512, plan.count / 40) * 1024 * 1024)) {
    add('broker', attack, 7)
    add('namesrv', attack, 7)
  }
  while (cases.length < plan.count) add(random.pick(['broker', 'namesrv']), random.pick(rawAttacks)(random), 1)
  for (let last = cases.length - 1; last > 0; last--) {
    const other = random.whole(0, last)
    const moved = cases[last]!
    cases[last] = cases[other]!
    cases[other] = moved
  }
  return cases
}
