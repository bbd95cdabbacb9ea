import type { CommandCase } from '../command-case.ts'

export const cases: readonly CommandCase[] = [
  { id: 'retry list', args: () => [] },
  { id: 'retry browse', args: seed => [seed.failingGroup], wrong: seed => [seed.failingGroup, '--limit', '0'] }
]
