import type { CommandCase } from '../command-case.ts'

const moving = ['inTps', 'outTps', 'diskUsedPercent']

export const cases: readonly CommandCase[] = [
  { id: 'cluster list', args: () => [], volatile: moving },
  { id: 'cluster describe', args: () => [], volatile: [...moving, 'topics'] },
  { id: 'cluster health', args: () => [], wrong: () => ['--wait-timeout', 'soon'] },
  {
    id: 'cluster latency',
    args: () => ['--count', '2'],
    volatile: ['minMs', 'avgMs', 'p99Ms', 'maxMs'],
    wrong: () => ['--count', '0']
  }
]
