/** Answers QUERY_MESSAGE. The wire side is described in src/protocol/requests/query-message.ts. */
import { queryMessage } from '../../../protocol/requests/query-message.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

/** Messages of one answer. Java: maxMsgsNumBatch. */
const messagesMax = 64
/** Bytes of one answer; a frame may have 16 MiB. At least one message is always answered. */
const answerBytesMax = 12 * 1024 * 1024

const kinds: Readonly<Record<string, 'K' | 'U' | 'T'>> = { K: 'K', U: 'U', T: 'T' }

export const queryMessageRoute = ({ options, store }: Pick<BrokerParts, 'options' | 'store'>): Route =>
  route(queryMessage, async header => {
    const unique = header._UNIQUE_KEY_QUERY === true
    const kind = unique ? 'U' : (kinds[header.indexType ?? 'K'] ?? 'K')
    const before = positionOf(header.lastKey)
    const found = await store.query({
      topic: header.topic,
      key: header.key,
      kind,
      messagesMax: unique ? options.defaultQueryMaxNum : Math.max(1, Math.min(header.maxNum, messagesMax)),
      beginMs: header.beginTimestamp,
      endMs: header.endTimestamp,
      ...(before === undefined ? {} : { before })
    })
    const reply = {
      header: {
        indexLastUpdateTimestamp: found.lastStoreTimestamp,
        indexLastUpdatePhyoffset: found.lastPhysicalOffset
      }
    }
    if (found.messages.length > 0) return { ...reply, body: Buffer.concat(within(found.messages).reverse()) }
    const remark = 'can not find message, maybe time range not correct'
    return { ...reply, code: responseCodes.QUERY_NOT_FOUND, remark }
  })

/** The newest messages that fit into one answer. */
const within = (newestFirst: readonly Buffer[]): Buffer[] => {
  let bytes = 0
  const fitting = newestFirst.findIndex(message => {
    bytes += message.length
    return bytes > answerBytesMax
  })
  return newestFirst.slice(0, fitting < 0 ? newestFirst.length : Math.max(1, fitting))
}

/**
 * Where the page before ended: the physical offset that ends the index key which mqadmin shows for each message,
 * `hour@topic@kind@key@uniqueKey@offset`.
 */
const positionOf = (lastKey: string | undefined): number | undefined => {
  const digits = /(?:^|@)(\d{1,16})$/.exec(lastKey ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}
