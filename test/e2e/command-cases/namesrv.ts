import type { CommandCase } from '../command-case.ts'

const daemon = 'a daemon and its files: test/commands/namesrv'

export const cases: readonly CommandCase[] = [
  { id: 'namesrv start', args: () => [], helpOnly: daemon },
  { id: 'namesrv stop', args: () => [], helpOnly: daemon },
  { id: 'namesrv status', args: () => [], helpOnly: daemon },
  { id: 'namesrv logs', args: () => [], helpOnly: daemon }
]
