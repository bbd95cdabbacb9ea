/** What the flags of `topic create` say about a topic. Pure. */
import type { TopicSpec } from '../admin/admin.ts'
import { MqError } from '../kit/errors.ts'

export const permOptions = ['RW', 'R', 'W', '0'] as const
export const topicTypes = ['NORMAL', 'FIFO', 'DELAY', 'TRANSACTION', 'MIXED'] as const

const bits: Readonly<Record<(typeof permOptions)[number], number>> = { R: 4, W: 2, RW: 6, '0': 0 }

export interface TopicSpecFlags {
  readonly queues: number
  readonly 'read-queues'?: number | undefined
  readonly 'write-queues'?: number | undefined
  readonly perm: (typeof permOptions)[number]
  readonly type?: (typeof topicTypes)[number] | undefined
  readonly attr?: readonly string[] | undefined
  /** oclif leaves a flag that was not given undefined. */
  readonly order?: boolean | undefined
}

/** Throws MQ_USAGE for an attribute that is not of the form name=value. */
export const topicSpec = (topic: string, flags: TopicSpecFlags): TopicSpec => {
  const attributes: Record<string, string> = Object.create(null)
  for (const text of flags.attr ?? []) {
    const match = /^\+?([A-Za-z][\w.-]*)=([^,]+)$/.exec(text)
    if (match === null) throw new MqError('MQ_USAGE', `--attr ${JSON.stringify(text)} is not of the form name=value`)
    attributes[match[1]!] = match[2]!
  }
  if (flags.type !== undefined) attributes['message.type'] = flags.type
  return {
    topic,
    readQueueNums: flags['read-queues'] ?? flags.queues,
    writeQueueNums: flags['write-queues'] ?? flags.queues,
    perm: bits[flags.perm],
    order: flags.order === true,
    attributes
  }
}
