/** Traces of messages as tables. */
import { Flags } from '@oclif/core'
import type { TraceRow } from '../admin/message-acts.ts'
import type { Column } from './table.ts'

export const traceFlags = {
  'trace-topic': Flags.string({
    helpValue: 'TOPIC',
    description: 'where clients send their traces, when not RMQ_SYS_TRACE_TOPIC'
  })
}

const steps = {
  PUB: 'sent',
  SUB_BEFORE: 'delivered',
  SUB_AFTER: 'consumed',
  END_TRANSACTION: 'transaction ended',
  RECALL: 'called back'
} as const

export const traceColumns: readonly Column<TraceRow>[] = [
  { title: 'TIME', value: row => row.at },
  { title: 'STEP', value: row => steps[row.kind] },
  { title: 'GROUP', value: row => row.group },
  { title: 'RESULT', value: row => (row.success ? (row.status ?? 'ok') : (row.status ?? 'failed')) },
  { title: 'COST MS', value: row => row.costMs, align: 'right' },
  { title: 'RETRIES', value: row => row.retryTimes, align: 'right' },
  { title: 'CLIENT', value: row => row.clientHost },
  { title: 'MESSAGE ID', value: row => row.messageId },
  { title: 'TOPIC', value: row => row.topic, wide: true },
  { title: 'KEYS', value: row => row.keys, wide: true },
  { title: 'STORED ON', value: row => row.storeHost, wide: true }
]
