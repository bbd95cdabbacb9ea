/** Answers HEART_BEAT. The wire side is described in src/protocol/requests/heart-beat.ts. */
import { errorText, MqError } from '../../../kit/errors.ts'
import { type ConsumerData, heartbeatDataShape } from '../../../protocol/bodies/heartbeat.ts'
import { readBody } from '../../../protocol/bodies/shape.ts'
import { permissions } from '../../../protocol/permissions.ts'
import { heartBeat } from '../../../protocol/requests/heart-beat.ts'
import { topicFlags } from '../../../protocol/system-flags.ts'
import { retryTopic } from '../../../protocol/topic-names.ts'
import { type Asked, type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { clientIdMax } from '../../clients/client-watch.ts'

type Parts = Pick<BrokerParts, 'consumers' | 'groups' | 'log' | 'options' | 'producers' | 'topics'>

export const heartBeatRoute = (parts: Parts): Route =>
  route(heartBeat, async (_header, asked) => {
    if (asked.body.length > bodyBytesMax) throw tooLarge('the heartbeat', asked.body.length, bodyBytesMax)
    const beat = readBody(heartbeatDataShape, asked.body)
    if (beat.clientID.length > clientIdMax) throw tooLarge('clientID', beat.clientID.length, clientIdMax)
    const member = memberOf(beat.clientID, asked)
    let changed = beat.heartbeatFingerprint === 0
    for (const data of beat.consumerDataSet) {
      if (parts.options.rejectPullConsumerEnable && data.consumeType === 'CONSUME_ACTIVELY') continue
      const config = parts.groups.ensure(data.groupName)
      if (config === undefined) continue
      await makeRetryTopic(parts, data, config.retryQueueNums)
      const known = parts.consumers.get(data.groupName) !== undefined
      if (beat.heartbeatFingerprint !== 0 && beat.withoutSub) {
        parts.consumers.heartbeatWithoutSubscriptions(member, data)
        // A group that this broker does not know must be told in full, or its consumers would never get a message.
        changed ||= !known
      } else parts.consumers.heartbeat(member, data)
      if (parts.consumers.fingerprint(data.groupName, beat.heartbeatFingerprint)) changed = true
    }
    for (const { groupName } of beat.producerDataSet) parts.producers.heartbeat(groupName, member)
    return { header: { IS_SUPPORT_HEART_BEAT_V2: true, IS_SUB_CHANGE: changed } }
  })

/** Bytes of a heartbeat, which is kept in large part; a client with a thousand topics sends some 200 KiB. */
const bodyBytesMax = 2 * 1024 * 1024

const tooLarge = (what: string, length: number, max: number): MqError =>
  new MqError('MQ_BODY_INVALID', `${what} has a length of ${length}, at most ${max} is allowed`)

const memberOf = (clientId: string, { command, peer }: Asked) => ({
  clientId,
  peer,
  language: command.language,
  version: command.version
})

/** Go clients subscribe the retry topic at their start only if it exists, so the first heartbeat makes it. */
const makeRetryTopic = async (parts: Parts, data: ConsumerData, queueNums: number): Promise<void> => {
  const order = data.subscriptionDataSet.some(({ topic }) => parts.topics.get(topic)?.order === true)
  const flags = data.unitMode ? topicFlags.UNIT_SUB : 0
  try {
    const perm = permissions.READ | permissions.WRITE
    await parts.topics.forSendBack(retryTopic(data.groupName), queueNums, perm, flags, order)
  } catch (error) {
    // A full disk must not keep consumers from reading what is there.
    parts.log.error({ group: data.groupName, error: errorText(error) }, 'the retry topic of a group was not made')
  }
}
