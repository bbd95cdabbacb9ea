/**
 * One pull: checked, read, answered or held until its queue grows. A held pull that is woken runs once more from the
 * start and is then answered whatever it finds. Java: PullMessageProcessor, DefaultPullMessageResultHandler.
 */
import type { HeaderForm } from '../protocol/command.ts'
import { isOneWay } from '../protocol/command.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { pullFlags } from '../protocol/system-flags.ts'
import { errorAnswer, responseTo } from '../remoting/dispatch.ts'
import type { Peer } from '../remoting/peer.ts'
import type { Answer, Asked, Reply } from '../remoting/router.ts'
import type { ReadResult } from '../store/contract.ts'
import type { HeldPull } from './parts.ts'
import { isRefusal, type PullPlan, type PullRefusal, planPull } from './pull-checks.ts'
import type { PullParts } from './pull-parts.ts'
import { pullCode, readLimits } from './pull-read.ts'
import type { PullRequest } from './pull-request.ts'

export interface PullReplyHeader {
  suggestWhichBrokerId: number
  nextBeginOffset: number
  minOffset: number
  maxOffset: number
  topicSysFlag: number
  groupSysFlag: number
}

export type PullReply = Reply<PullReplyHeader>

/** Undefined: the pull is held, and answered later. */
export const pull = (
  parts: PullParts,
  request: PullRequest,
  asked: Asked
): PullReply | undefined | Promise<PullReply | undefined> => {
  const plan = planPull(parts, request)
  if (isRefusal(plan)) return refusalReply(plan)
  const result = parts.store.read(
    request.topic,
    request.queueId,
    request.queueOffset,
    readLimits(parts, request, plan.matches)
  )
  return result instanceof Promise
    ? result.then(read => firstReply(parts, request, asked, plan, read))
    : firstReply(parts, request, asked, plan, result)
}

/** The first run of a pull also commits the offset that it carries, and may be held. */
const firstReply = (
  parts: PullParts,
  request: PullRequest,
  asked: Asked,
  plan: PullPlan,
  result: ReadResult
): PullReply | undefined => {
  if ((request.sysFlag & pullFlags.COMMIT_OFFSET) !== 0) {
    parts.offsets.commit(request.consumerGroup, request.topic, request.queueId, request.commitOffset)
  }
  const reply = pullReply(parts, request, plan, result)
  const held = reply.code === responseCodes.PULL_NOT_FOUND && (request.sysFlag & pullFlags.SUSPEND) !== 0
  if (!held || isOneWay(asked.command)) return reply
  const { longPollingEnable, shortPollingTimeMills } = parts.settings
  const timeoutMs = longPollingEnable ? request.suspendTimeoutMillis : shortPollingTimeMills
  const waiting = new WaitingPull(parts, request, plan, asked)
  if (parts.longPolls.hold(request.topic, request.queueId, request.queueOffset, timeoutMs, waiting)) return undefined
  return {
    code: responseCodes.SYSTEM_BUSY,
    remark: `too many pulls wait at this broker (${parts.longPolls.held}): try again later`
  }
}

const pullReply = (parts: PullParts, request: PullRequest, plan: PullPlan, result: ReadResult): PullReply => {
  const code = pullCode(result, request.queueOffset)
  if (code === responseCodes.SUCCESS) {
    const { messageCount, messages } = result
    parts.traffic.delivered(request.consumerGroup, request.topic, messageCount, messages.length)
  }
  return {
    code,
    remark: result.status,
    header: {
      suggestWhichBrokerId: 0,
      nextBeginOffset: result.nextOffset,
      minOffset: result.minOffset,
      maxOffset: result.maxOffset,
      topicSysFlag: plan.topic.topicSysFlag,
      groupSysFlag: plan.group.groupSysFlag
    },
    body: result.messages
  }
}

const refusalReply = ({ code, remark, forbiddenType }: PullRefusal): PullReply =>
  forbiddenType === undefined ? { code, remark } : { code, remark, fields: { forbiddenType: String(forbiddenType) } }

/** What a held pull needs to run again: no command, no chunk, so that many of them can wait. */
export class WaitingPull implements HeldPull {
  readonly peer: Peer
  readonly matches: PullPlan['matches']
  readonly #parts: PullParts
  readonly #request: PullRequest
  readonly #opaque: number
  readonly #form: HeaderForm

  constructor(parts: PullParts, request: PullRequest, plan: PullPlan, { peer, command }: Asked) {
    this.peer = peer
    this.matches = plan.matches
    this.#parts = parts
    this.#request = request
    this.#opaque = command.opaque
    this.#form = command.form
  }

  wake(): void {
    try {
      const plan = planPull(this.#parts, this.#request)
      if (isRefusal(plan)) {
        this.#answer(answerOf(refusalReply(plan)))
        return
      }
      const { topic, queueId, queueOffset } = this.#request
      const result = this.#parts.store.read(
        topic,
        queueId,
        queueOffset,
        readLimits(this.#parts, this.#request, plan.matches)
      )
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
    this.#answer(answerOf(pullReply(this.#parts, this.#request, plan, result)))
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

const answerOf = ({ code, remark, header, fields, body }: PullReply): Answer => ({
  code: code ?? responseCodes.SUCCESS,
  remark,
  fields: new Map(
    [...Object.entries(header ?? {}), ...Object.entries(fields ?? {})].map(([name, value]) => [name, String(value)])
  ),
  body: body ?? noBody
})
