import type { CommandCase } from '../command-case.ts'
import type { Seed } from '../seeded-cluster.ts'

const made = (topic: string): readonly string[] => ['topic', 'create', topic, '--queues', '1', '--if-not-exists']
const gone = (topic: string): readonly string[] => ['topic', 'delete', topic, '--yes']
const ofTopic = (seed: Seed): readonly string[] => ['--topic', seed.topic]
const newIds = ['messageId', 'offsetMessageId', 'queueOffset']

export const cases: readonly CommandCase[] = [
  {
    id: 'message query',
    args: seed => [...ofTopic(seed), '--key', seed.key],
    wrong: seed => [...ofTopic(seed), '--offset', 'nowhere']
  },
  {
    id: 'message get',
    args: seed => [seed.messageId, ...ofTopic(seed)],
    wrong: seed => [seed.messageId, ...ofTopic(seed), '--body-only', '--encoding', 'morse']
  },
  { id: 'message status', args: seed => [seed.messageId, ...ofTopic(seed)], wrong: seed => [seed.messageId] },
  {
    id: 'message resend',
    args: seed => [seed.messageId, ...ofTopic(seed), '--to', seed.fresh('resent')],
    before: seed => [made(seed.fresh('resent'))],
    after: seed => [gone(seed.fresh('resent'))],
    volatile: newIds,
    changes: true
  },
  {
    id: 'message consume-directly',
    args: seed => [seed.messageId, ...ofTopic(seed), '-g', seed.group],
    volatile: ['spentMs'],
    changes: true,
    wrong: seed => [seed.messageId, ...ofTopic(seed)]
  },
  {
    id: 'message print',
    args: seed => [...ofTopic(seed), '--from', '-1h'],
    wrong: seed => [...ofTopic(seed), '--queue-index']
  },
  { id: 'message decode-id', args: seed => [seed.offsetMessageId], local: true, wrong: () => ['no-id'] },
  {
    id: 'message export',
    args: seed => [seed.topic],
    remotingOnly: 'messages go over remoting',
    wrong: seed => [seed.topic, '-O', 'middle']
  },
  {
    id: 'message import',
    args: seed => ['-', '--topic', seed.fresh('imported')],
    before: seed => [made(seed.fresh('imported'))],
    after: seed => [gone(seed.fresh('imported'))],
    input: '{"body":"one","keys":"a"}\n{"body":"AP8=","bodyEncoding":"base64"}\n',
    changes: true,
    wrong: () => ['no-such-file.ndjson']
  }
]
