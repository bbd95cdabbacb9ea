/** One PULL_MESSAGE, with all its answers made into one form. Java: PullAPIWrapper. */
import { pullMessage } from '../protocol/requests/pull-message.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { pullFlags } from '../protocol/system-flags.ts'
import { type ReceivedMessage, receivedMessages } from './received-message.ts'
import { type QueuePlace, readAddress } from './routes.ts'
import type { Session } from './session.ts'

export interface PullWish {
  readonly place: QueuePlace
  readonly group: string
  readonly offset: number
  readonly messagesMax: number
  /** `*`, or tags as `A || B`. */
  readonly tags: string
  readonly subVersion: number
  /** How long the broker may hold the request when there is nothing; 0 = answer at once. Milliseconds. */
  readonly suspendMs: number
  /** Broker id that the last answer suggested. */
  readonly brokerId: number
}

export interface Pulled {
  /** `moved` = the offset is outside the queue and `nextOffset` is where to go on. */
  readonly kind: 'found' | 'none' | 'moved'
  readonly messages: readonly ReceivedMessage[]
  readonly nextOffset: number
  readonly minOffset: number
  readonly maxOffset: number
  readonly brokerId: number
}

const { PULL_NOT_FOUND, PULL_RETRY_IMMEDIATELY, PULL_OFFSET_MOVED } = responseCodes

/** Pulls once. A tag filter is checked again by the tag's text, since brokers compare hash codes only. */
export const pullOnce = async (session: Session, wish: PullWish): Promise<Pulled> => {
  const { place, group, offset, tags } = wish
  const { topic, brokerName, queueId } = place
  const suspend = wish.suspendMs > 0 ? pullFlags.SUSPEND : 0
  const { command, header } = await session.ask(
    readAddress(place, wish.brokerId),
    pullMessage,
    {
      consumerGroup: group,
      topic,
      queueId,
      queueOffset: offset,
      maxMsgNums: wish.messagesMax,
      sysFlag: suspend | pullFlags.SUBSCRIPTION,
      commitOffset: 0,
      suspendTimeoutMillis: wish.suspendMs,
      subscription: tags,
      subVersion: wish.subVersion,
      expressionType: 'TAG',
      bname: brokerName
    },
    {
      who: brokerName,
      what: `read ${topic}`,
      accept: [PULL_NOT_FOUND, PULL_RETRY_IMMEDIATELY, PULL_OFFSET_MOVED],
      timeoutMs: session.settings.timeoutMs + wish.suspendMs
    }
  )
  const { decompressedBytesMax } = session.settings
  const found = command.code === 0 ? await receivedMessages(command.body, brokerName, decompressedBytesMax) : []
  const wanted = tags === '*' ? undefined : new Set(tags.split('||').map(tag => tag.trim()))
  return {
    kind: command.code === 0 ? 'found' : command.code === PULL_OFFSET_MOVED ? 'moved' : 'none',
    messages: wanted === undefined ? found : found.filter(message => wanted.has(message.properties.get('TAGS') ?? '')),
    nextOffset: header.nextBeginOffset ?? offset,
    minOffset: header.minOffset ?? 0,
    maxOffset: header.maxOffset ?? 0,
    brokerId: header.suggestWhichBrokerId ?? 0
  }
}
