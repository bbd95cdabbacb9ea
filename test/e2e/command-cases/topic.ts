import type { CommandCase } from '../command-case.ts'

/** Removes what a row has made. */
const gone = (topic: string): readonly string[] => ['topic', 'delete', topic, '--yes']

const rates = ['inTps', 'outTps', 'inMessages24h', 'inBytes24h', 'outMessages24h']

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
    id: 'topic update',
    args: seed => [seed.fresh('changed'), '--queues', '5'],
    before: seed => [['topic', 'create', seed.fresh('changed'), '--if-not-exists']],
    after: seed => [gone(seed.fresh('changed'))],
    changes: true,
    wrong: seed => [seed.topic, '--perm', 'X']
  },
  {
    id: 'topic perm',
    args: seed => [seed.fresh('guarded'), 'R'],
    before: seed => [['topic', 'create', seed.fresh('guarded'), '--if-not-exists']],
    after: seed => [gone(seed.fresh('guarded'))],
    changes: true,
    wrong: seed => [seed.topic, 'X']
  },
  {
    id: 'topic delete',
    args: seed => [seed.fresh('doomed'), '--yes'],
    before: seed => [['topic', 'create', seed.fresh('doomed'), '--if-not-exists']],
    changes: true
  },
  { id: 'topic stats', args: seed => [seed.topic], volatile: rates, wrong: () => ['--top', '0'] },
  { id: 'topic groups', args: seed => [seed.topic], volatile: rates },
  { id: 'topic clusters', args: seed => [seed.topic] },
  {
    id: 'topic offsets',
    args: seed => [seed.topic, '--at', '2020-01-01'],
    wrong: seed => [seed.topic, '--at', 'noon']
  },
  {
    id: 'topic allocate',
    args: seed => [seed.topic, '--clients', 'a,b'],
    wrong: seed => [seed.topic, '--clients', ',']
  }
]
