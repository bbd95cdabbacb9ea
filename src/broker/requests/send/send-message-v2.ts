/** Answers SEND_MESSAGE_V2 (310). The wire side is described in src/protocol/requests/send-message-v2.ts. */
import { sendMessageV2 } from '../../../protocol/requests/send-message-v2.ts'
import { type Route, route } from '../../../remoting/router.ts'
import { sender } from '../../send/send-message.ts'
import type { SendParts } from '../../send/send-parts.ts'
import { fromLetters } from '../../send/send-request.ts'

export const sendMessageV2Route = (parts: SendParts): Route => {
  const send = sender(parts)
  return route(sendMessageV2, (header, asked) => send(fromLetters(header, asked.command.version), asked))
}
