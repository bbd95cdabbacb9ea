/** Arguments and flags that commands on topics share, and what they say. */
import { Args, Flags } from '@oclif/core'
import type { TopicChange } from '../admin/topic-rows.ts'
import { MqError } from '../kit/errors.ts'
import { parsePerm } from './perms.ts'

export const topicArg = {
  topic: Args.string({ required: true, ignoreStdin: true, description: 'name of the topic' })
}

export const topicChangeFlags = {
  queues: Flags.integer({ min: 1, max: 65_535, description: 'queues on each broker, to read and to write' }),
  'read-queues': Flags.integer({ min: 1, max: 65_535, description: 'queues to read' }),
  'write-queues': Flags.integer({ min: 1, max: 65_535, description: 'queues to write' }),
  perm: Flags.string({ helpValue: 'RW|R|W|0', description: 'what clients may do' }),
  type: Flags.option({ options: ['NORMAL', 'FIFO', 'DELAY', 'TRANSACTION', 'MIXED'] as const })({
    description: 'kind of messages, for 5.x clients'
  }),
  attr: Flags.string({
    multiple: true,
    helpValue: 'NAME=VALUE',
    description: 'an attribute to set, or -NAME to remove it; may be repeated'
  }),
  order: Flags.boolean({ allowNo: true, description: 'clients keep to the order of queues while a broker is away' })
}

export interface TopicChangeFlags {
  readonly queues?: number | undefined
  readonly 'read-queues'?: number | undefined
  readonly 'write-queues'?: number | undefined
  readonly perm?: string | undefined
  readonly type?: string | undefined
  readonly attr?: readonly string[] | undefined
  readonly order?: boolean | undefined
}

/** What is to change. Throws MQ_USAGE for an attribute or permission that is none, and when nothing is given. */
export const topicChange = (topic: string, flags: TopicChangeFlags): TopicChange => {
  const attributes = new Map<string, string>()
  const removeAttributes: string[] = []
  for (const text of flags.attr ?? []) {
    const set = /^\+?([A-Za-z][\w.-]*)=([^,]+)$/.exec(text)
    const gone = /^-([A-Za-z][\w.-]*)$/.exec(text)
    if (set !== null) attributes.set(set[1]!, set[2]!)
    else if (gone !== null) removeAttributes.push(gone[1]!)
    else throw new MqError('MQ_USAGE', `--attr ${JSON.stringify(text)} is neither NAME=VALUE nor -NAME`)
  }
  if (flags.type !== undefined) attributes.set('message.type', flags.type)
  const [read, write] = [flags['read-queues'] ?? flags.queues, flags['write-queues'] ?? flags.queues]
  const change: TopicChange = {
    topic,
    ...(read === undefined ? {} : { readQueueNums: read }),
    ...(write === undefined ? {} : { writeQueueNums: write }),
    ...(flags.perm === undefined ? {} : { perm: parsePerm(flags.perm) }),
    ...(flags.order === undefined ? {} : { order: flags.order }),
    ...(attributes.size === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
    ...(removeAttributes.length === 0 ? {} : { removeAttributes })
  }
  if (Object.keys(change).length === 1) {
    throw new MqError('MQ_USAGE', 'no setting is given, so there is nothing to change', {
      suggestions: [`\`mq topic describe ${topic}\` shows the settings, \`mq topic update --help\` the flags`]
    })
  }
  return change
}
