/**
 * Answers SEND_BATCH_MESSAGE (320). The wire side is described in src/protocol/requests/send-batch-message.ts.
 *
 * Whether the body is a batch says the header's `m`, not the code, as on Apache.
 */
import { sendBatchMessage } from '../../../protocol/requests/send-batch-message.ts'
import { type Route, route } from '../../../remoting/router.ts'
import { sender } from '../../send/send-message.ts'
import type { SendParts } from '../../send/send-parts.ts'
import { fromLetters } from '../../send/send-request.ts'

export const sendBatchMessageRoute = (parts: SendParts): Route => {
  const send = sender(parts)
  return route(sendBatchMessage, (header, asked) => send(fromLetters(header, asked.command.version), asked))
}
