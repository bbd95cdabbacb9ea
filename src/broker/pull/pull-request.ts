/** A pull as the broker works on it, whichever request brought it. Java: PullMessageRequestHeader. */
import { type HeaderForm, isOneWay } from '../../protocol/command.ts'
import type { pullMessage } from '../../protocol/requests/pull-message.ts'
import type { HeaderOf } from '../../protocol/requests/request.ts'
import type { Peer } from '../../remoting/peer.ts'
import type { Asked } from '../../remoting/router.ts'

export interface PullRequest {
  readonly lite: boolean
  readonly consumerGroup: string
  readonly topic: string
  readonly queueId: number
  readonly queueOffset: number
  readonly maxMsgNums: number
  /** Absent or 0: no limit of the client's. */
  readonly maxMsgBytes: number
  /** Bits of pullFlags in system-flags.ts. */
  readonly sysFlag: number
  readonly commitOffset: number
  readonly suspendTimeoutMillis: number
  readonly subscription: string
  readonly subVersion: number
  readonly expressionType: string | undefined
}

export const pullRequestOf = (header: HeaderOf<typeof pullMessage>, lite: boolean): PullRequest => ({
  lite,
  consumerGroup: header.consumerGroup,
  topic: header.topic,
  queueId: header.queueId,
  queueOffset: header.queueOffset,
  maxMsgNums: header.maxMsgNums,
  maxMsgBytes: header.maxMsgBytes ?? 0,
  sysFlag: header.sysFlag,
  commitOffset: header.commitOffset,
  suspendTimeoutMillis: header.suspendTimeoutMillis,
  subscription: header.subscription ?? '',
  subVersion: header.subVersion,
  expressionType: header.expressionType
})

/** Where the answer goes. */
export interface PullOrigin {
  readonly peer: Peer
  readonly opaque: number
  readonly form: HeaderForm
  readonly oneWay: boolean
}

export const pullOriginOf = ({ peer, command }: Asked): PullOrigin => ({
  peer,
  opaque: command.opaque,
  form: command.form,
  oneWay: isOneWay(command)
})
