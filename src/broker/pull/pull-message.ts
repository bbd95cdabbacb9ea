/**
 * One pull: checked, read, answered or held until its queue grows. A held pull that is woken runs once more from the
 * start and is then answered whatever it finds. Java: PullMessageProcessor, DefaultPullMessageResultHandler.
 */
import type { HeaderForm } from '../../protocol/command.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { pullFlags } from '../../protocol/system-flags.ts'
import { errorAnswer, responseTo } from '../../remoting/dispatch.ts'
import type { Peer } from '../../remoting/peer.ts'
import type { Answer, Reply } from '../../remoting/router.ts'
import type { ReadResult } from '../../store/contract.ts'
import { type PullReplyHeader, writePullAnswer } from '../fast-lane/hot-pull-answer.ts'
import type { HeldPull } from '../parts.ts'
import { isRefusal, type PullPlan, type PullRefusal, planPull } from './pull-checks.ts'
import type { PullParts } from './pull-parts.ts'
import { pullCode, readLimits } from './pull-read.ts'
import type { PullOrigin, PullRequest } from './pull-request.ts'

export type PullReply = Reply<PullReplyHeader>

/** Undefined: the pull is held, and answered later. */
export const pull = (
  parts: PullParts,
  request: PullRequest,
  origin: PullOrigin
): PullReply | undefined | Promise<PullReply | undefined> => {
  const plan = planPull(parts, request)
  if (isRefusal(plan)) return refusalReply(plan)
  const reset = resetReply(parts, request, plan)
  if (reset !== undefined) return reset
  const { topic, queueId, queueOffset } = request
  const result = parts.store.read(topic, queueId, queueOffset, readLimits(parts, request, plan.matches))
  return result instanceof Promise
    ? result.then(read => firstReply(parts, request, origin, plan, read))
    : firstReply(parts, request, origin, plan, result)
}

/** A queue whose offset was set by an operator: the next pull is sent there, and what it carries is not committed. */
const resetReply = (
  { offsets, store }: PullParts,
  { consumerGroup, topic, queueId }: PullRequest,
  plan: PullPlan
): (PullReply & { readonly header: PullReplyHeader }) | undefined => {
  const nextOffset = offsets.takeReset(consumerGroup, topic, queueId)
  if (nextOffset === undefined) return undefined
  const minOffset = store.minOffset(topic, queueId)
  const maxOffset = store.maxOffset(topic, queueId)
  const header = pullHeader(plan, { nextOffset, minOffset, maxOffset })
  return { code: responseCodes.PULL_OFFSET_MOVED, remark: resetStatus, header }
}

/** Java: GetMessageStatus.OFFSET_RESET. */
const resetStatus = 'OFFSET_RESET'

const firstReply = (
  parts: PullParts,
  request: PullRequest,
  origin: PullOrigin,
  plan: PullPlan,
  result: ReadResult
): PullReply | undefined => {
  commitCarried(parts, request)
  const code = pullCode(result, request.queueOffset)
  if (isHeld(request, code) && !origin.oneWay) return hold(parts, request, origin, plan)
  countDelivered(parts, request, result)
  return { code, remark: result.status, header: pullHeader(plan, result), body: result.messages }
}

/** The first run of a pull also commits the offset that it carries. */
export const commitCarried = (parts: PullParts, request: PullRequest): void => {
  if ((request.sysFlag & pullFlags.COMMIT_OFFSET) === 0) return
  parts.offsets.commit(request.consumerGroup, request.topic, request.queueId, request.commitOffset)
}

/** Whether an answer with this code is put off until the queue grows. */
export const isHeld = (request: PullRequest, code: number): boolean =>
  code === responseCodes.PULL_NOT_FOUND && (request.sysFlag & pullFlags.SUSPEND) !== 0

export const countDelivered = (parts: PullParts, request: PullRequest, result: ReadResult): void => {
  const { consumerGroup, topic } = request
  if (result.messageCount === 0) parts.traffic.missed()
  else parts.traffic.delivered(consumerGroup, topic, result.messageCount, result.messages.length)
}

export const pullHeader = (
  plan: PullPlan,
  result: Pick<ReadResult, 'nextOffset' | 'minOffset' | 'maxOffset'>
): PullReplyHeader => ({
  suggestWhichBrokerId: 0,
  nextBeginOffset: result.nextOffset,
  minOffset: result.minOffset,
  maxOffset: result.maxOffset,
  topicSysFlag: plan.topic.topicSysFlag,
  groupSysFlag: plan.group.groupSysFlag
})

/** Undefined when it is held; else why not. The request must not change afterwards. */
export const hold = (
  parts: PullParts,
  request: PullRequest,
  origin: PullOrigin,
  plan: PullPlan
): PullReply | undefined => {
  const { longPollingEnable, shortPollingTimeMills } = parts.settings
  const timeoutMs = longPollingEnable ? request.suspendTimeoutMillis : shortPollingTimeMills
  const waiting = new WaitingPull(parts, request, origin, plan)
  if (parts.longPolls.hold(request.topic, request.queueId, request.queueOffset, timeoutMs, waiting)) return undefined
  return {
    code: responseCodes.SYSTEM_BUSY,
    remark: `too many pulls wait at this broker (${parts.longPolls.held}): try again later`
  }
}

const refusalReply = ({ code, remark, forbiddenType }: PullRefusal): PullReply =>
  forbiddenType === undefined ? { code, remark } : { code, remark, fields: { forbiddenType: String(forbiddenType) } }

/** What a held pull needs to run again: no command, no chunk, so that many of them can wait. */
class WaitingPull implements HeldPull {
  readonly peer: Peer
  readonly matches: PullPlan['matches']
  readonly #parts: PullParts
  readonly #request: PullRequest
  readonly #opaque: number
  readonly #form: HeaderForm

  constructor(parts: PullParts, request: PullRequest, { peer, opaque, form }: PullOrigin, plan: PullPlan) {
    this.peer = peer
    this.matches = plan.matches
    this.#parts = parts
    this.#request = request
    this.#opaque = opaque
    this.#form = form
  }

  wake(): void {
    try {
      const plan = planPull(this.#parts, this.#request)
      if (isRefusal(plan)) {
        this.#answer(answerOf(refusalReply(plan)))
        return
      }
      const reset = resetReply(this.#parts, this.#request, plan)
      if (reset !== undefined) {
        const code = responseCodes.PULL_OFFSET_MOVED
        writePullAnswer(this.peer, this.#form, this.#opaque, code, resetStatus, reset.header, noBody)
        return
      }
      const { topic, queueId, queueOffset } = this.#request
      const limits = readLimits(this.#parts, this.#request, plan.matches)
      const result = this.#parts.store.read(topic, queueId, queueOffset, limits)
      if (result instanceof Promise) {
        result.then(
          read => this.#found(plan, read),
          error => this.#failed(error)
        )
      } else this.#found(plan, result)
    } catch (error) {
      this.#failed(error)
    }
  }

  #found(plan: PullPlan, result: ReadResult): void {
    countDelivered(this.#parts, this.#request, result)
    const code = pullCode(result, this.#request.queueOffset)
    const header = pullHeader(plan, result)
    writePullAnswer(this.peer, this.#form, this.#opaque, code, result.status, header, result.messages)
  }

  #failed(error: unknown): void {
    const { topic, queueId, queueOffset } = this.#request
    const answer = errorAnswer(error)
    this.#parts.log.error({ topic, queueId, queueOffset, error: answer.remark }, 'a held pull failed')
    this.#answer(answer)
  }

  #answer(answer: Answer): void {
    this.peer.send(responseTo({ opaque: this.#opaque, form: this.#form }, answer))
  }
}

const noBody = Buffer.alloc(0)

/** Replies without a header: refusals. */
const answerOf = ({ code, remark, fields, body }: PullReply): Answer => ({
  code: code ?? responseCodes.SUCCESS,
  remark,
  fields: new Map(Object.entries(fields ?? {})),
  body: body ?? noBody
})

/** The answer to a pull that was not held, for those who answer by themselves. */
export const answerPull = (origin: PullOrigin, reply: PullReply): void => {
  if (!origin.oneWay) origin.peer.send(responseTo(origin, answerOf(reply)))
}
