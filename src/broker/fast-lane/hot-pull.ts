/**
 * Pulls on the fast lane: checked, read from memory and answered within the read of the socket. The rules are those of
 * pull-message.ts; only header and answer are read and written by hand.
 */
import { commandFlags, type HeaderForm } from '../../protocol/command.ts'
import { nameSlot } from '../../protocol/hot-fields.ts'
import type { HotHeader } from '../../protocol/hot-header.ts'
import { HotNames } from '../../protocol/hot-names.ts'
import { pullFlags } from '../../protocol/system-flags.ts'
import { errorAnswer, responseTo } from '../../remoting/dispatch.ts'
import type { Peer } from '../../remoting/peer.ts'
import type { ReadResult } from '../../store/contract.ts'
import { isRefusal, type PullPlan, planPull } from '../pull/pull-checks.ts'
import { answerPull, commitCarried, countDelivered, hold, isHeld, pullHeader } from '../pull/pull-message.ts'
import type { PullParts } from '../pull/pull-parts.ts'
import { pullCode, readLimits } from '../pull/pull-read.ts'
import type { PullOrigin, PullRequest } from '../pull/pull-request.ts'
import { writePullAnswer } from './hot-pull-answer.ts'

const slots = {
  consumerGroup: nameSlot('consumerGroup'),
  topic: nameSlot('topic'),
  queueId: nameSlot('queueId'),
  queueOffset: nameSlot('queueOffset'),
  maxMsgNums: nameSlot('maxMsgNums'),
  maxMsgBytes: nameSlot('maxMsgBytes'),
  sysFlag: nameSlot('sysFlag'),
  commitOffset: nameSlot('commitOffset'),
  suspendTimeoutMillis: nameSlot('suspendTimeoutMillis'),
  subscription: nameSlot('subscription'),
  subVersion: nameSlot('subVersion'),
  expressionType: nameSlot('expressionType'),
  requestSource: nameSlot('requestSource'),
  liteTopic: nameSlot('liteTopic')
} as const

/** The request of every fast pull; a held one gets a copy. */
class HotRequest implements PullRequest {
  lite = false
  consumerGroup = ''
  topic = ''
  queueId = 0
  queueOffset = 0
  maxMsgNums = 0
  maxMsgBytes = 0
  sysFlag = 0
  commitOffset = 0
  suspendTimeoutMillis = 0
  subscription = ''
  subVersion = 0
  expressionType: string | undefined = undefined
}

class HotOrigin implements PullOrigin {
  peer: Peer
  opaque: number
  form: HeaderForm
  oneWay: boolean

  constructor(header: HotHeader, peer: Peer) {
    this.peer = peer
    this.opaque = header.opaque
    this.form = header.form
    this.oneWay = (header.flag & commandFlags.oneWay) !== 0
  }
}

/** False: not plain, nothing has happened. */
export type HotPull = (header: HotHeader, end: number, peer: Peer) => boolean

export const hotPull = (parts: PullParts): HotPull => {
  const lane = new PullLane(parts)
  return (header, end, peer) => header.bodyAt === end && lane.take(header, peer)
}

class PullLane {
  readonly #parts: PullParts
  readonly #names = new HotNames(() => undefined)
  readonly #request = new HotRequest()

  constructor(parts: PullParts) {
    this.#parts = parts
  }

  take(header: HotHeader, peer: Peer): boolean {
    if (!this.#read(header)) return false
    const request = this.#request
    const plan = planPull(this.#parts, request)
    if (isRefusal(plan)) return false
    if (this.#parts.offsets.hasReset(request.consumerGroup, request.topic, request.queueId)) return false
    const limits = readLimits(this.#parts, request, plan.matches)
    const result = this.#parts.store.read(request.topic, request.queueId, request.queueOffset, limits)
    const origin = new HotOrigin(header, peer)
    if (result instanceof Promise) this.#later(result, { ...request }, origin, plan)
    else this.#answer(result, request, origin, plan)
    return true
  }

  /** Fills the request; false when a field is missing or not plain. */
  #read(header: HotHeader): boolean {
    if ((header.flag & commandFlags.response) !== 0 || header.escapedSlot >= 0) return false
    if (!header.has(slots.consumerGroup) || !header.has(slots.topic)) return false
    const { bytes } = header
    const group = this.#names.get(bytes, header.start(slots.consumerGroup), header.end(slots.consumerGroup))
    const topic = this.#names.get(bytes, header.start(slots.topic), header.end(slots.topic))
    if (group === undefined || topic === undefined) return false
    const request = this.#request
    request.lite = header.code === 361
    request.consumerGroup = group.text
    request.topic = topic.text
    return this.#readNumbers(header, request) && this.#readSubscription(header, request)
  }

  #readNumbers(header: HotHeader, request: HotRequest): boolean {
    request.queueId = header.int(slots.queueId, Number.NaN)
    request.queueOffset = header.number(slots.queueOffset)
    request.maxMsgNums = header.int(slots.maxMsgNums, Number.NaN)
    request.maxMsgBytes = header.int(slots.maxMsgBytes, 0)
    request.sysFlag = header.int(slots.sysFlag, Number.NaN)
    request.commitOffset = header.number(slots.commitOffset)
    request.suspendTimeoutMillis = header.number(slots.suspendTimeoutMillis)
    request.subVersion = header.number(slots.subVersion)
    // One sum tells whether any of them is missing.
    const sum =
      request.queueId +
      request.queueOffset +
      request.maxMsgNums +
      request.maxMsgBytes +
      request.sysFlag +
      request.commitOffset +
      request.suspendTimeoutMillis +
      request.subVersion +
      header.int(slots.requestSource, 0)
    return !Number.isNaN(sum)
  }

  #readSubscription(header: HotHeader, request: HotRequest): boolean {
    request.expressionType = undefined
    if (header.has(slots.expressionType)) {
      if (header.ascii(slots.expressionType) !== 'TAG') return false
      request.expressionType = 'TAG'
    }
    request.subscription = ''
    if ((request.sysFlag & pullFlags.SUBSCRIPTION) === 0 || !header.has(slots.subscription)) return true
    const subscription = header.ascii(slots.subscription)
    if (subscription === undefined) return false
    request.subscription = subscription
    return true
  }

  #answer(result: ReadResult, request: HotRequest, origin: HotOrigin, plan: PullPlan): void {
    commitCarried(this.#parts, request)
    const { peer, form, opaque, oneWay } = origin
    const code = pullCode(result, request.queueOffset)
    if (isHeld(request, code) && !oneWay) {
      const refused = hold(this.#parts, { ...request }, origin, plan)
      if (refused !== undefined) answerPull(origin, refused)
      return
    }
    countDelivered(this.#parts, request, result)
    if (!oneWay) writePullAnswer(peer, form, opaque, code, result.status, pullHeader(plan, result), result.messages)
  }

  /** A read that had to go to the disk. The request is a copy, for the next frame takes the original. */
  #later(reading: Promise<ReadResult>, request: HotRequest, origin: HotOrigin, plan: PullPlan): void {
    const { peer } = origin
    // No bytes, but a place among the requests that this connection may have under way.
    peer.enter(0)
    reading
      .then(result => this.#answer(result, request, origin, plan))
      .catch(error => this.#failed(error, request, origin))
      .finally(() => peer.leave(0))
  }

  #failed(error: unknown, { topic, queueId, queueOffset }: HotRequest, origin: HotOrigin): void {
    const answer = errorAnswer(error)
    this.#parts.log.error({ topic, queueId, queueOffset, error: answer.remark }, 'a pull failed')
    if (!origin.oneWay) origin.peer.send(responseTo(origin, answer))
  }
}
