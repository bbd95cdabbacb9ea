/** A received message as data for people and scripts. Pure. */
import type { ReceivedMessage } from '../client/received-message.ts'
import type { MessageRow } from './admin.ts'

// A byte order mark is part of the body.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text where the bytes are text; base64 otherwise, so that nothing is changed on the way. */
export const bodyText = (body: Buffer): Pick<MessageRow, 'body' | 'bodyEncoding'> => {
  try {
    return { body: strict.decode(body), bodyEncoding: 'utf8' }
  } catch {
    return { body: body.toString('base64'), bodyEncoding: 'base64' }
  }
}

export const messageRow = (message: ReceivedMessage): MessageRow => {
  const tags = message.properties.get('TAGS')
  const keys = message.properties.get('KEYS')
  return {
    topic: message.topic,
    brokerName: message.brokerName,
    queueId: message.queueId,
    queueOffset: message.queueOffset,
    physicalOffset: message.physicalOffset,
    messageId: message.messageId,
    offsetMessageId: message.offsetMessageId,
    ...(tags === undefined ? {} : { tags }),
    ...(keys === undefined ? {} : { keys }),
    properties: Object.fromEntries(message.properties),
    ...bodyText(message.body),
    born: new Date(message.bornTimestamp).toISOString(),
    bornMs: message.bornTimestamp,
    stored: new Date(message.storeTimestamp).toISOString(),
    storedMs: message.storeTimestamp,
    bornHost: message.bornHost,
    storeHost: message.storeHost,
    reconsumeTimes: message.reconsumeTimes,
    sysFlag: message.sysFlag,
    storeSize: message.storeSize
  }
}
