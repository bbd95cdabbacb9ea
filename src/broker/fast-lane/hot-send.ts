/**
 * Sends on the fast lane: a plain message of a known topic goes from the frame's bytes to the store's log with one copy,
 * and its answer is written when its group has committed. Whatever is not plain is left to send-message.ts, which
 * must answer and store the same for what both could take.
 */

import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { commandFlags } from '../../protocol/command.ts'
import { letterSlot, nameSlot } from '../../protocol/hot-fields.ts'
import type { HotHeader } from '../../protocol/hot-header.ts'
import { type HotName, HotNames } from '../../protocol/hot-names.ts'
import { HotProperties } from '../../protocol/hot-properties.ts'
import { propertiesBytesMax } from '../../protocol/message-properties.ts'
import { mayWrite } from '../../protocol/permissions.ts'
import { messageFlags, transactionMask } from '../../protocol/system-flags.ts'
import { isDeadLetterTopic, isNotForClients, isRetryTopic, topicNameFault } from '../../protocol/topic-names.ts'
import type { Peer } from '../../remoting/peer.ts'
import type { MessageDraft } from '../../store/contract.ts'
import { bornHostOf } from '../send/send-hosts.ts'
import type { SendParts } from '../send/send-parts.ts'
import { HotConstants } from './hot-constants.ts'
import { PendingSends } from './hot-pending.ts'

const letters = {
  group: letterSlot('a'),
  topic: letterSlot('b'),
  defaultTopic: letterSlot('c'),
  defaultTopicQueueNums: letterSlot('d'),
  queueId: letterSlot('e'),
  sysFlag: letterSlot('f'),
  bornTimestamp: letterSlot('g'),
  flag: letterSlot('h'),
  properties: letterSlot('i'),
  reconsumeTimes: letterSlot('j'),
  maxReconsumeTimes: letterSlot('l'),
  batch: letterSlot('m')
} as const

const longNames: { readonly [name in keyof typeof letters]: number } = {
  group: nameSlot('producerGroup'),
  topic: nameSlot('topic'),
  defaultTopic: nameSlot('defaultTopic'),
  defaultTopicQueueNums: nameSlot('defaultTopicQueueNums'),
  queueId: nameSlot('queueId'),
  sysFlag: nameSlot('sysFlag'),
  bornTimestamp: nameSlot('bornTimestamp'),
  flag: nameSlot('flag'),
  properties: nameSlot('properties'),
  reconsumeTimes: nameSlot('reconsumeTimes'),
  maxReconsumeTimes: nameSlot('maxReconsumeTimes'),
  batch: nameSlot('batch')
}

/** What is known of a topic, as long as its configuration is the same object. */
interface HotTopic {
  config: TopicConfig | undefined
  plain: boolean
  queues: number
  sysFlag: number
}

/** The draft of every fast send; the store copies what it needs before `append` returns. */
class HotDraft implements MessageDraft {
  topic = ''
  queueId = 0
  flag = 0
  sysFlag = 0
  bornTimestamp = 0
  bornHost: Buffer = Buffer.alloc(8)
  reconsumeTimes = 0
  preparedTransactionOffset = 0
  body: Buffer = Buffer.alloc(0)
  properties: Buffer = Buffer.alloc(0)
  tagsCode = 0
}

/** False: not plain, nothing has happened. `end` is the end of the frame. */
export type HotSend = (header: HotHeader, end: number, peer: Peer) => boolean

export const hotSend = (parts: SendParts): HotSend => {
  const lane = new SendLane(parts)
  return (header, end, peer) => lane.take(header, end, peer)
}

class SendLane {
  readonly #parts: SendParts
  readonly #topics: HotNames<HotTopic>
  readonly #draft = new HotDraft()
  readonly #properties = new HotProperties()
  readonly #scratch = Buffer.allocUnsafeSlow(64 * 1024)
  /** The scratch's beginnings by length: making one anew costs more than all checks of a header. */
  readonly #views: (Buffer | undefined)[] = []
  #lastPeer: Peer | undefined
  #lastHost: Buffer = Buffer.alloc(8)
  readonly #constants: HotConstants
  readonly #pending: PendingSends

  constructor(parts: SendParts) {
    this.#parts = parts
    this.#topics = new HotNames(() => ({ config: undefined, plain: false, queues: 0, sysFlag: 0 }))
    this.#constants = new HotConstants(parts)
    this.#pending = new PendingSends(parts, this.#constants)
  }

  take(header: HotHeader, end: number, peer: Peer): boolean {
    const { settings, store } = this.#parts
    const constants = this.#constants
    constants.refresh()
    const names = header.code === 10 ? longNames : letters
    const bodyBytes = end - header.bodyAt
    if (bodyBytes <= 0 || bodyBytes > settings.maxMessageSize || !this.#readNumbers(header, names)) return false
    const topic = this.#topics.get(header.bytes, header.start(names.topic), header.end(names.topic))
    if (topic === undefined || !this.#plainTopic(topic)) return false
    const draft = this.#draft
    if (draft.queueId < 0 || draft.queueId >= topic.value.queues) return false
    const length = this.#copyProperties(header, names.properties)
    if (length < 0) return false
    draft.topic = topic.text
    draft.sysFlag |= topic.value.sysFlag
    draft.bornHost = this.#bornHost(peer)
    const { tagsCode, keyStart, keyEnd } = this.#properties
    draft.tagsCode = tagsCode
    draft.properties = this.#view(length)
    draft.body = header.bytes.subarray(header.bodyAt, end)
    const pending = this.#pending.take(header, peer, topic.text, draft.queueId, bodyBytes)
    pending.setKey(this.#scratch, keyStart, keyEnd)
    store.append(draft, pending)
    return true
  }

  /** Frames of one connection come in runs. */
  #bornHost(peer: Peer): Buffer {
    if (peer !== this.#lastPeer) {
      this.#lastPeer = peer
      this.#lastHost = bornHostOf(peer)
    }
    return this.#lastHost
  }

  /**
   * Fills the numbers of the draft. True when required fields are there, all numbers are numbers, and nothing asks for a
   * transaction or a batch.
   */
  #readNumbers(header: HotHeader, names: typeof letters | typeof longNames): boolean {
    if ((header.flag & commandFlags.response) !== 0) return false
    if (!header.has(names.group) || !header.has(names.topic) || !header.has(names.defaultTopic)) return false
    if (header.escapedSlot >= 0 && header.escapedSlot !== names.properties) return false
    const draft = this.#draft
    draft.queueId = header.int(names.queueId, Number.NaN)
    draft.flag = header.int(names.flag, Number.NaN)
    draft.sysFlag = header.int(names.sysFlag, Number.NaN)
    draft.bornTimestamp = header.number(names.bornTimestamp)
    draft.reconsumeTimes = header.int(names.reconsumeTimes, 0)
    // One sum tells whether any of them is missing or no number.
    const sum =
      draft.queueId +
      draft.flag +
      draft.sysFlag +
      draft.bornTimestamp +
      draft.reconsumeTimes +
      header.int(names.defaultTopicQueueNums, Number.NaN) +
      header.int(names.maxReconsumeTimes, 0)
    return !Number.isNaN(sum) && (draft.sysFlag & transactionMask) === 0 && header.isFalse(names.batch)
  }

  #plainTopic(topic: HotName<HotTopic>): boolean {
    const { topics, settings } = this.#parts
    const config = topics.get(topic.text)
    if (config === undefined) return false
    const known = topic.value
    if (known.config !== config) {
      known.config = config
      known.plain = isPlain(config)
      known.queues = Math.max(config.writeQueueNums, config.readQueueNums)
      known.sysFlag = config.topicFilterType === 'MULTI_TAG' ? messageFlags.MULTI_TAGS : 0
    }
    return known.plain && mayWrite(settings.brokerPermission)
  }

  /** Lays the properties with the broker's own into the scratch. Returns their length; -1 = not plain. */
  #copyProperties(header: HotHeader, slot: number): number {
    if (!header.has(slot)) return -1
    const scratch = this.#scratch
    const start = header.start(slot)
    const end = header.end(slot)
    if (end - start > scratch.length) return -1
    const escaped = header.escapedSlot === slot
    let length = this.#properties.read(header.bytes, start, end, escaped, scratch, this.#constants)
    if (length < 0 || length > propertiesBytesMax) return -1
    if (scratch[length - 1] !== 2) scratch[length++] = 2
    const suffix = this.#constants.suffix(this.#properties.present)
    if (length + suffix.length > propertiesBytesMax) return -1
    scratch.set(suffix, length)
    return length + suffix.length
  }

  #view(length: number): Buffer {
    if (length > 1024) return this.#scratch.subarray(0, length)
    let view = this.#views[length]
    if (view === undefined) {
      view = this.#scratch.subarray(0, length)
      this.#views[length] = view
    }
    return view
  }
}

const isPlain = (config: TopicConfig): boolean => {
  const topic = config.topicName
  return (
    mayWrite(config.perm) &&
    topicNameFault(topic) === undefined &&
    !isNotForClients(topic) &&
    !isRetryTopic(topic) &&
    !isDeadLetterTopic(topic) &&
    config.attributes['cleanup.policy'] === undefined
  )
}
