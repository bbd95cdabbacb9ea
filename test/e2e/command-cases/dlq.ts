import type { CommandCase } from '../command-case.ts'
import type { Seed } from '../seeded-cluster.ts'

const made = (topic: string): readonly string[] => ['topic', 'create', topic, '--queues', '1', '--if-not-exists']
const gone = (topic: string): readonly string[] => ['topic', 'delete', topic, '--yes']
const group = (seed: Seed): string => seed.fresh('purge')

export const cases: readonly CommandCase[] = [
  { id: 'dlq list', args: () => [] },
  { id: 'dlq browse', args: seed => [seed.failingGroup], wrong: seed => [seed.failingGroup, '--from', 'monday'] },
  { id: 'dlq show', args: seed => [seed.deadLetterId] },
  {
    id: 'dlq replay',
    args: seed => [seed.failingGroup, '--ids', seed.deadLetterId, '--to-topic', seed.fresh('replayed')],
    before: seed => [made(seed.fresh('replayed'))],
    after: seed => [gone(seed.fresh('replayed'))],
    volatile: ['sentAs'],
    changes: true,
    wrong: seed => [seed.failingGroup, '--rate', 'fast']
  },
  { id: 'dlq export', args: seed => [seed.failingGroup], wrong: seed => [seed.failingGroup, '--grep', '('] },
  {
    id: 'dlq purge',
    args: seed => [group(seed), '--yes'],
    before: seed => [made(`%DLQ%${group(seed)}`)],
    changes: true
  }
]
