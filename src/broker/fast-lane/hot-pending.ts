/**
 * Fast sends that wait for their group commit. The objects are used again, so a send leaves no garbage; how many there
 * are is bounded by what connections may have in flight and the store lets wait.
 */
import type { MqError } from '../../kit/errors.ts'
import { commandFlags, type HeaderForm, headerForms } from '../../protocol/command.ts'
import type { HotHeader } from '../../protocol/hot-header.ts'
import { offsetMessageId } from '../../protocol/message-id.ts'
import { errorAnswer, responseTo } from '../../remoting/dispatch.ts'
import type { Peer } from '../../remoting/peer.ts'
import type { PendingAppend } from '../../store/contract.ts'
import { storedCode } from '../send/send-append.ts'
import type { SendParts } from '../send/send-parts.ts'
import type { HotConstants } from './hot-constants.ts'
import type { SendAnswerFields } from './hot-send-answer.ts'

/** Above this many bytes that wait for the disk, a connection is not read on until its send is answered. */
const storeBytesHigh = 16 * 1024 * 1024
/** More than a connection may have in flight, so that one send like this pauses it. */
const wholeAllowance = 64 * 1024 * 1024
const freeMax = 16_384
const keyBytesMax = 64

export class PendingSends {
  readonly parts: SendParts
  readonly constants: HotConstants
  readonly #free: PendingSend[] = []

  constructor(parts: SendParts, constants: HotConstants) {
    this.parts = parts
    this.constants = constants
  }

  take(header: HotHeader, peer: Peer, topic: string, queueId: number, bytes: number): PendingSend {
    const pending = this.#free.pop() ?? new PendingSend(this)
    pending.peer = peer
    pending.form = header.form
    pending.opaque = header.opaque
    pending.flag = header.flag
    pending.topic = topic
    pending.queueId = queueId
    pending.bytes = this.parts.store.pendingBytes > storeBytesHigh ? wholeAllowance : bytes
    peer.enter(pending.bytes)
    return pending
  }

  give(pending: PendingSend): void {
    pending.peer = undefined
    if (this.#free.length < freeMax) this.#free.push(pending)
  }
}

export class PendingSend implements PendingAppend, SendAnswerFields {
  queueOffset = -1
  physicalOffset = -1
  size = 0
  storeTimestamp = 0
  peer: Peer | undefined
  form: HeaderForm = headerForms.json
  opaque = 0
  flag = 0
  topic = ''
  queueId = 0
  readonly key = new Uint8Array(keyBytesMax)
  keyLength = 0
  bytes = 0
  readonly #owner: PendingSends

  constructor(owner: PendingSends) {
    this.#owner = owner
  }

  /** Copies the unique key, at most 64 bytes: the answer needs it when the frame is long gone. */
  setKey(bytes: Buffer, start: number, end: number): void {
    const { key } = this
    for (let at = start, to = 0; at < end; at++) key[to++] = bytes[at]!
    this.keyLength = end - start
  }

  done(error: MqError | undefined): void {
    const { peer } = this
    // A second call would answer for whoever uses this object by then.
    if (peer === undefined) return
    const { parts, constants } = this.#owner
    if (error === undefined) {
      parts.traffic.stored(this.topic, 1, this.size)
      if ((this.flag & commandFlags.oneWay) === 0) constants.answers.write(peer, this.form, this)
    } else this.#unusual(peer, error)
    peer.leave(this.bytes)
    this.#owner.give(this)
  }

  /** Not stored, or stored but not as safe as promised: the general codec answers. */
  #unusual(peer: Peer, error: MqError): void {
    const { parts, constants } = this.#owner
    const code = storedCode(error)
    if (code !== undefined) parts.traffic.stored(this.topic, 1, this.size)
    if ((this.flag & commandFlags.oneWay) !== 0) return
    const answer =
      code === undefined
        ? errorAnswer(error)
        : { code, remark: undefined, fields: this.#fields(constants.storeHost), body: noBody }
    peer.send(responseTo(this, answer))
  }

  #fields(storeHost: Buffer): Map<string, string> {
    const { identity, settings } = this.#owner.parts
    return new Map([
      ['msgId', offsetMessageId(storeHost, this.physicalOffset)],
      ['queueId', String(this.queueId)],
      ['queueOffset', String(this.queueOffset)],
      ['transactionId', Buffer.from(this.key.subarray(0, this.keyLength)).toString('latin1')],
      ['MSG_REGION', identity.regionId],
      ['TRACE_ON', String(settings.traceOn)]
    ])
  }
}

const noBody = Buffer.alloc(0)
