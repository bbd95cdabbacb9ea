/** From a request to the draft that the store gets. Java: MessageExtBrokerInner. */
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { formatProperties, propertiesBytesMax } from '../../protocol/message-properties.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { messageFlags } from '../../protocol/system-flags.ts'
import type { Asked } from '../../remoting/router.ts'
import type { MessageDraft } from '../../store/contract.ts'
import { refusal } from '../refusal.ts'
import { bornHostOf } from './send-hosts.ts'
import type { SendRequest } from './send-request.ts'

/** The fields of a draft that come from the request as they are. */
export const clientFields = (
  request: SendRequest,
  { peer }: Asked,
  config: TopicConfig
): Omit<MessageDraft, 'topic' | 'queueId' | 'tagsCode' | 'body' | 'properties'> => ({
  flag: request.flag,
  sysFlag: request.sysFlag | (config.topicFilterType === 'MULTI_TAG' ? messageFlags.MULTI_TAGS : 0),
  bornTimestamp: request.bornTimestamp,
  bornHost: bornHostOf(peer),
  reconsumeTimes: request.reconsumeTimes,
  preparedTransactionOffset: 0
})

/** Throws MESSAGE_ILLEGAL when the properties do not fit into a stored message. */
export const propertyBytes = (properties: ReadonlyMap<string, string>): Buffer => {
  const bytes = Buffer.from(formatProperties(properties))
  if (bytes.length > propertiesBytesMax) {
    throw refusal(
      responseCodes.MESSAGE_ILLEGAL,
      `the message is illegal: its properties have ${bytes.length} bytes, at most ${propertiesBytesMax} are allowed`
    )
  }
  return bytes
}
