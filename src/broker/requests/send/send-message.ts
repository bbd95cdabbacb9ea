/** Answers SEND_MESSAGE (10). The wire side is described in src/protocol/requests/send-message.ts. */
import { sendMessage } from '../../../protocol/requests/send-message.ts'
import { type Route, route } from '../../../remoting/router.ts'
import { sender } from '../../send/send-message.ts'
import type { SendParts } from '../../send/send-parts.ts'
import { fromLongNames } from '../../send/send-request.ts'

export const sendMessageRoute = (parts: SendParts): Route => {
  const send = sender(parts)
  return route(sendMessage, (header, asked) => send(fromLongNames(header, asked.command.version), asked))
}
