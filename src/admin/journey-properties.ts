/** Properties that belong to one journey of a message, not to the message. */
import { propertyNames as names } from '../protocol/message-properties.ts'

/** What brokers and clients put on a message on its way, which a new copy must not begin with. */
export const ofTheJourney: ReadonlySet<string> = new Set([
  names.UNIQ_KEY,
  names.WAIT,
  names.KEYS,
  names.TAGS,
  names.DELAY,
  names.RETRY_TOPIC,
  names.REAL_TOPIC,
  names.REAL_QID,
  names.ORIGIN_MESSAGE_ID,
  names.DLQ_ORIGIN_TOPIC,
  names.DLQ_ORIGIN_MESSAGE_ID,
  names.RECONSUME_TIME,
  names.MAX_RECONSUME_TIMES,
  names.CONSUME_START_TIME,
  names.MSG_REGION,
  names.TRACE_ON,
  names.CLUSTER,
  names.TRAN_MSG,
  names.PGROUP,
  names.MIN_OFFSET,
  names.MAX_OFFSET,
  names.POP_CK,
  names.CRC32,
  names.TIMER_DELAY_SEC,
  names.TIMER_DELAY_MS,
  names.TIMER_DELIVER_MS,
  names.TIMER_OUT_MS
])
