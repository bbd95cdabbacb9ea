import type { CommandCase } from '../command-case.ts'
import type { Seed } from '../seeded-cluster.ts'

const made = (group: string): readonly string[] => ['group', 'create', group, '--if-not-exists']
const gone = (group: string): readonly string[] => ['group', 'delete', group, '--with-offsets', '--yes']
/** A group of the row's own, with the offsets of the one that is behind. */
const copied = (seed: Seed, group: string): readonly (readonly string[])[] => [
  made(group),
  ['group', 'clone-offset', seed.offlineGroup, group, '--yes']
]
const moving = ['consumeTps']

export const cases: readonly CommandCase[] = [
  { id: 'group list', args: () => [], volatile: moving, wrong: () => ['--online', '--offline'] },
  { id: 'group describe', args: seed => [seed.group], volatile: moving },
  {
    id: 'group create',
    args: seed => [seed.fresh('group'), '--max-retries', '3'],
    after: seed => [gone(seed.fresh('group'))],
    changes: true,
    wrong: seed => [seed.fresh('group'), '--retry-queues', '-1']
  },
  {
    id: 'group update',
    args: seed => [seed.fresh('changed'), '--max-retries', '3'],
    before: seed => [made(seed.fresh('changed'))],
    after: seed => [gone(seed.fresh('changed'))],
    changes: true,
    wrong: seed => [seed.group]
  },
  {
    id: 'group delete',
    args: seed => [seed.fresh('doomed-group'), '--yes'],
    before: seed => [made(seed.fresh('doomed-group'))],
    changes: true
  },
  { id: 'group lag', args: seed => [seed.offlineGroup], volatile: moving, wrong: () => ['--by', 'colour'] },
  { id: 'group members', args: seed => [seed.group] },
  {
    id: 'group member',
    args: seed => [seed.group, seed.clientId],
    volatile: ['lastPull', 'lastPullMs', 'lastConsume', 'lastConsumeMs']
  },
  { id: 'group subscriptions', args: seed => [seed.group, '--verify'] },
  {
    id: 'group reset-offset',
    args: seed => [seed.fresh('reset'), '--topic', seed.topic, '--to', 'start', '--execute'],
    before: seed => copied(seed, seed.fresh('reset')),
    after: seed => [gone(seed.fresh('reset'))],
    changes: true,
    wrong: seed => [seed.group, '--topic', seed.topic, '--to', 'middle']
  },
  {
    id: 'group skip',
    args: seed => [seed.fresh('skip'), '--topic', seed.topic, '--yes'],
    before: seed => copied(seed, seed.fresh('skip')),
    after: seed => [gone(seed.fresh('skip'))],
    changes: true
  },
  {
    id: 'group clone-offset',
    args: seed => [seed.offlineGroup, seed.fresh('clone'), '--topic', seed.topic, '--yes'],
    before: seed => [made(seed.fresh('clone'))],
    after: seed => [gone(seed.fresh('clone'))],
    changes: true,
    wrong: seed => [seed.group, seed.group, '--yes']
  },
  {
    id: 'group mode',
    args: seed => [seed.fresh('mode'), 'pull', '--topic', seed.topic],
    before: seed => [made(seed.fresh('mode'))],
    after: seed => [gone(seed.fresh('mode'))],
    changes: true,
    wrong: seed => [seed.group, 'throw', '--topic', seed.topic]
  },
  {
    id: 'group pause',
    args: seed => [seed.fresh('pause')],
    before: seed => [made(seed.fresh('pause'))],
    after: seed => [gone(seed.fresh('pause'))],
    changes: true
  },
  {
    id: 'group resume',
    args: seed => [seed.fresh('resume')],
    before: seed => [made(seed.fresh('resume')), ['group', 'pause', seed.fresh('resume')]],
    after: seed => [gone(seed.fresh('resume'))],
    changes: true
  },
  { id: 'group offsets export', args: seed => [seed.offlineGroup] },
  {
    id: 'group offsets import',
    args: seed => ['-', '--group', seed.fresh('import'), '--yes'],
    before: seed => [made(seed.fresh('import'))],
    after: seed => [gone(seed.fresh('import'))],
    input: JSON.stringify({
      group: 'reports',
      offsets: [{ topic: 'orders', brokerName: 'broker-a', queueId: 0, offset: 1 }]
    }),
    changes: true,
    wrong: () => ['no-such-file.json']
  }
]
