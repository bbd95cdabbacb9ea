/** Answers SET_MESSAGE_REQUEST_MODE. The wire side is described in src/protocol/requests/set-message-request-mode.ts. */
import { MqError } from '../../../kit/errors.ts'
import { requestModeShape } from '../../../protocol/bodies/request-mode.ts'
import { readBody } from '../../../protocol/bodies/shape.ts'
import { setMessageRequestMode } from '../../../protocol/requests/set-message-request-mode.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { isRetryTopic } from '../../../protocol/topic-names.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { refusal } from '../../refusal.ts'
import { invalid } from '../../topics/topic-change.ts'

type Parts = Pick<BrokerParts, 'groups' | 'requestModes' | 'topics'>

export const setMessageRequestModeRoute = ({ groups, requestModes, topics }: Parts): Route =>
  route(setMessageRequestMode, async (_header, { body }) => {
    const mode = readBody(requestModeShape, body)
    const { topic, consumerGroup } = mode
    if (isRetryTopic(topic)) throw refusal(responseCodes.NO_PERMISSION, 'retry topic is not allowed to set mode')
    if (topics.get(topic) === undefined) throw refusal(responseCodes.TOPIC_NOT_EXIST, `topic[${topic}] not exist`)
    // Consumers that are told to pop, by a broker that does not answer POP_MESSAGE, would get nothing.
    if (mode.mode === 'POP')
      throw new MqError('MQ_NOT_SUPPORTED', 'this broker has no POP, so consumers of it can only be set to PULL')
    if (mode.mode !== 'PULL') throw invalid('the mode must be PULL or POP')
    if (groups.ensure(consumerGroup) === undefined)
      throw refusal(responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST, 'subscription group does not exist')
    await requestModes.set(mode)
    return {}
  })
