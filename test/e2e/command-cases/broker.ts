import type { CommandCase } from '../command-case.ts'

const daemon = 'a daemon and its files: test/commands/broker'

export const cases: readonly CommandCase[] = [
  { id: 'broker start', args: () => [], helpOnly: daemon },
  { id: 'broker stop', args: () => [], helpOnly: daemon },
  { id: 'broker status', args: () => [], helpOnly: daemon },
  { id: 'broker logs', args: () => [], helpOnly: daemon },
  { id: 'broker config list', args: () => ['--match', 'broker.*'] },
  { id: 'broker config get', args: () => ['fileReservedTime'] },
  {
    id: 'broker config set',
    args: () => ['fileReservedTime=71'],
    after: () => [['broker', 'config', 'set', 'fileReservedTime=72']],
    changes: true,
    wrong: () => ['novalue']
  }
]
