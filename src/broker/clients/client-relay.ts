/** Requests that a broker passes on to a consumer, and the consumer's answer back. Java: AdminBrokerProcessor.callConsumer. */
import { errorText, MqError } from '../../kit/errors.ts'
import type { HeaderOf, Request } from '../../protocol/requests/request.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { versionName } from '../../protocol/versions.ts'
import type { Reply } from '../../remoting/router.ts'
import type { ClientMember, ConsumerTable } from '../parts.ts'

/** Ordinals of Java's MQVersion. Older clients do not know the requests. */
export const relayVersions = { V3_0_7_SNAPSHOT: 28, V3_1_8_SNAPSHOT: 62 } as const

/** What Java says of a member that it cannot tell to reset or to report its offsets. */
export const tooOldRemark = (version: number): string =>
  `the client does not support this feature. version=${versionName(version)}`

/** How long a consumer has to answer; a console's own time-out is about the same. */
const answerMs = 10_000

const failed = (code: number, remark: string): Reply => ({ code, remark })

/** The member that answers to the group and the client id; else why there is none, as code 1 as in Java. */
const memberOf = (consumers: ConsumerTable, group: string, clientId: string): ClientMember | Reply => {
  const member = consumers.get(group)?.members.get(clientId)
  if (member === undefined)
    return failed(responseCodes.SYSTEM_ERROR, `The Consumer <${group}> <${clientId}> not online`)
  if (member.version >= relayVersions.V3_1_8_SNAPSHOT) return member
  const version = versionName(member.version)
  const remark = `The Consumer <${clientId}> Version <${version}> too low to finish, please upgrade it to V3_1_8_SNAPSHOT`
  return failed(responseCodes.SYSTEM_ERROR, remark)
}

export const relay = async <Q extends Request>(
  consumers: ConsumerTable,
  member: { readonly group: string; readonly clientId: string },
  asked: { readonly request: Q; readonly header: HeaderOf<Q>; readonly body: Buffer }
): Promise<Reply> => {
  const { group, clientId } = member
  const found = memberOf(consumers, group, clientId)
  if (!('peer' in found)) return found
  try {
    const answer = await found.peer.invoke(asked.request, asked.header, asked.body, answerMs)
    const { code, remark, body } = answer
    return remark === undefined ? { code, body } : { code, remark, body }
  } catch (error) {
    const late = error instanceof MqError && error.code === 'MQ_TIMEOUT'
    return late
      ? failed(responseCodes.CONSUME_MSG_TIMEOUT, `consumer <${group}> <${clientId}> Timeout: ${errorText(error)}`)
      : failed(responseCodes.SYSTEM_ERROR, `invoke consumer <${group}> <${clientId}> Exception: ${errorText(error)}`)
  }
}
