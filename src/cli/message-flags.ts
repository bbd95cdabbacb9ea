/** Flags of the commands about messages, and how messages look in a table. */
import { Args, Flags } from '@oclif/core'
import type { MessageRow } from '../admin/admin.ts'
import type { Column } from './table.ts'

export const idArg = { id: Args.string({ required: true, ignoreStdin: true, description: 'id of the message' }) }

export const topicFlag = {
  topic: Flags.string({ required: true, helpValue: 'TOPIC', description: 'topic of the message' })
}

export const windowFlags = {
  from: Flags.string({ helpValue: 'TIME', description: 'stored at or after, such as -2h or 2026-11-24T10:00:00Z' }),
  to: Flags.string({ helpValue: 'TIME', description: 'stored before' })
}

export const narrowFlags = {
  tags: Flags.string({ helpValue: 'EXPR', description: 'only messages with these tags: "A || B"' }),
  grep: Flags.string({ helpValue: 'RE', description: 'only messages whose body matches' }),
  queue: Flags.integer({ min: 0, max: 65_535, helpValue: 'N', description: 'only this queue' }),
  broker: Flags.string({ helpValue: 'NAME', description: 'only this broker' })
}

export const pageFlags = {
  limit: Flags.integer({
    char: 'N',
    aliases: ['num'],
    default: 64,
    min: 1,
    max: 1_000_000,
    description: 'most messages'
  }),
  cursor: Flags.string({ helpValue: 'CURSOR', description: 'go on where the last answer ended (its `next`)' })
}

export const messageColumns: readonly Column<MessageRow>[] = [
  { title: 'STORED', value: row => row.stored },
  { title: 'PLACE', value: row => `${row.brokerName}/${row.queueId}/${row.queueOffset}` },
  { title: 'TAGS', value: row => row.tags },
  { title: 'KEYS', value: row => row.keys },
  { title: 'BODY', value: row => (row.bodyEncoding === 'utf8' ? row.body : `base64:${row.body}`) },
  { title: 'MESSAGE ID', value: row => row.messageId, wide: true },
  { title: 'RETRIES', value: row => row.reconsumeTimes, align: 'right', wide: true }
]

/** What tells a person how to go on. */
export const moreText = (next: string): string => `There are more; go on with --cursor ${next}`

const origin = ({ properties }: MessageRow): string | undefined =>
  properties['RETRY_TOPIC'] ?? properties['DLQ_ORIGIN_TOPIC'] ?? properties['REAL_TOPIC']

/** Of dead letters and retries: also where they came from, and how often they were tried. */
export const parkedMessageColumns: readonly Column<MessageRow>[] = [
  { title: 'STORED', value: row => row.stored },
  { title: 'MESSAGE ID', value: row => row.messageId },
  { title: 'ORIGIN', value: origin },
  { title: 'RETRIES', value: row => row.reconsumeTimes, align: 'right' },
  ...messageColumns.filter(column => ['TAGS', 'KEYS', 'BODY'].includes(column.title)),
  { title: 'PLACE', value: row => `${row.brokerName}/${row.queueId}/${row.queueOffset}`, wide: true }
]
