import type { CommandCase } from '../command-case.ts'

export const cases: readonly CommandCase[] = [
  {
    id: 'mqadmin',
    args: () => [],
    helpOnly: 'what it prints is what other commands print: test/commands/mqadmin.test.ts'
  }
]
