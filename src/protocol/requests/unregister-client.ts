/**
 * UNREGISTER_CLIENT (35): a client leaves a group.
 *
 * Sent by: every client but client-go, at its stop.
 * Java: UnregisterClientRequestHeader, ClientManageProcessor.
 */
import { optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const unregisterClient = request({
  name: 'UNREGISTER_CLIENT',
  code: 35,
  access: 'none',
  header: {
    clientID: text,
    producerGroup: optional(text),
    consumerGroup: optional(text),
    ...inherited
  },
  reply: {}
})
