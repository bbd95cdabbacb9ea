/** The handlers that store messages. */
import type { Route } from '../../../remoting/router.ts'
import type { SendParts } from '../../send/send-parts.ts'
import { consumerSendMsgBackRoute } from './consumer-send-msg-back.ts'
import { sendBatchMessageRoute } from './send-batch-message.ts'
import { sendMessageRoute } from './send-message.ts'
import { sendMessageV2Route } from './send-message-v2.ts'

export const sendRoutes = (parts: SendParts): Route[] => [
  sendMessageRoute(parts),
  sendMessageV2Route(parts),
  sendBatchMessageRoute(parts),
  consumerSendMsgBackRoute(parts)
]
