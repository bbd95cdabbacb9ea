/** What every answer to a stored message has. Java: SendMessageResponseHeader. */
import type { Reply } from '../../remoting/router.ts'
import type { SendParts } from './send-parts.ts'

/** The schemas of the three requests have the same reply. */
export interface SendReplyHeader {
  msgId: string
  queueId: number
  queueOffset: number
  transactionId?: string
}

export type SendReply = Reply<SendReplyHeader>

/** What clients' message traces need in every answer. */
export const traceFields = ({
  identity,
  settings
}: Pick<SendParts, 'identity' | 'settings'>): { readonly MSG_REGION: string; readonly TRACE_ON: string } => ({
  MSG_REGION: identity.regionId,
  TRACE_ON: String(settings.traceOn)
})
