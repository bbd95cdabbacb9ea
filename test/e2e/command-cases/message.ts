import type { CommandCase } from '../command-case.ts'

export const cases: readonly CommandCase[] = [
  {
    id: 'message query',
    args: seed => ['--topic', seed.topic, '--key', seed.key],
    wrong: seed => ['--topic', seed.topic, '--offset', 'nowhere']
  }
]
