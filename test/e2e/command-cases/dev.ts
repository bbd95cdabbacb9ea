import type { CommandCase } from '../command-case.ts'

const daemon = 'a daemon and its files: test/commands/dev'

export const cases: readonly CommandCase[] = [
  { id: 'dev', args: () => [], helpOnly: daemon },
  { id: 'dev stop', args: () => [], helpOnly: daemon },
  { id: 'dev status', args: () => [], helpOnly: daemon },
  { id: 'dev logs', args: () => [], helpOnly: daemon },
  { id: 'dev env', args: () => [], helpOnly: daemon },
  { id: 'dev reset', args: () => [], helpOnly: daemon }
]
