/** Answers INVOKE_BROKER_TO_GET_CONSUMER_STATUS. The wire side is described in src/protocol/requests/invoke-broker-to-get-consumer-status.ts. */
import { errorText } from '../../../kit/errors.ts'
import type { MessageQueue } from '../../../protocol/bodies/message-queue.ts'
import { consumerStatusShape } from '../../../protocol/bodies/reset-offset.ts'
import { readBody, writeBody } from '../../../protocol/bodies/shape.ts'
import { emptyBody } from '../../../protocol/command.ts'
import { getConsumerStatusFromClient } from '../../../protocol/requests/get-consumer-status-from-client.ts'
import { invokeBrokerToGetConsumerStatus } from '../../../protocol/requests/invoke-broker-to-get-consumer-status.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { relayVersions, tooOldRemark } from '../../clients/client-relay.ts'
import type { ClientMember } from '../../parts.ts'
import { refusal } from '../../refusal.ts'

type Parts = Pick<BrokerParts, 'consumers' | 'log'>
type Offsets = ReadonlyMap<MessageQueue, number>

/** How long each member has to answer; all are asked at once. */
const answerMs = 5000

export const invokeBrokerToGetConsumerStatusRoute = (parts: Parts): Route =>
  route(invokeBrokerToGetConsumerStatus, async ({ topic, group, clientAddr }) => {
    const members = [...(parts.consumers.get(group)?.members.values() ?? [])]
    if (members.length === 0)
      throw refusal(responseCodes.CONSUMER_NOT_ONLINE, `no consumer of the group ${group} is online`)
    const old = members.find(({ version }) => version < relayVersions.V3_0_7_SNAPSHOT)
    if (old !== undefined) return { code: responseCodes.SYSTEM_ERROR, remark: tooOldRemark(old.version) }
    const all = clientAddr === undefined || clientAddr.trim() === ''
    const asked = members.filter(({ clientId }) => all || clientId === clientAddr)
    const consumerTable = new Map<string, Offsets>()
    await Promise.all(
      asked.map(async member => {
        const offsets = await offsetsOf(parts, member, topic, group)
        if (offsets !== undefined) consumerTable.set(member.clientId, offsets)
      })
    )
    return { body: writeBody(consumerStatusShape, { messageQueueTable: new Map(), consumerTable }) }
  })

/** Undefined when the member does not answer, or not well. */
const offsetsOf = async (
  { log }: Parts,
  { peer, clientId }: ClientMember,
  topic: string,
  group: string
): Promise<Offsets | undefined> => {
  try {
    const answer = await peer.invoke(getConsumerStatusFromClient, { topic, group }, emptyBody, answerMs)
    if (answer.code === responseCodes.SUCCESS && answer.body.length > 0)
      return readBody(consumerStatusShape, answer.body).messageQueueTable
    log.warn(
      { group, topic, clientId, code: answer.code, remark: answer.remark },
      'a consumer did not tell its offsets'
    )
  } catch (error) {
    log.warn({ group, topic, clientId, error: errorText(error) }, 'a consumer did not tell its offsets')
  }
  return undefined
}
