import type { CommandCase } from '../command-case.ts'

/** Removes what a row has made. */
const gone = (topic: string): readonly string[] => ['topic', 'delete', topic, '--yes']

export const cases: readonly CommandCase[] = [
  { id: 'topic list', args: () => [], wrong: () => ['--match', '('] },
  { id: 'topic describe', args: seed => [seed.topic] },
  { id: 'topic route', args: seed => [seed.topic] },
  {
    id: 'topic create',
    args: seed => [seed.fresh('topic'), '--queues', '3'],
    after: seed => [gone(seed.fresh('topic'))],
    changes: true,
    wrong: seed => [seed.fresh('topic'), '--queues', '0']
  },
  {
    id: 'topic delete',
    args: seed => [seed.fresh('doomed'), '--yes'],
    before: seed => [['topic', 'create', seed.fresh('doomed')]],
    changes: true
  }
]
