import type { CommandCase } from '../command-case.ts'

export const cases: readonly CommandCase[] = [
  { id: 'cluster list', args: () => [], volatile: ['inTps', 'outTps', 'diskUsedPercent'] }
]
