/**
 * HEART_BEAT (34): a client is alive, with its groups and subscriptions.
 *
 * Sent by: every client, every 30 s.
 * Java: HeartbeatRequestHeader, ClientManageProcessor.
 *
 * - Body: HeartbeatData.
 * - Both fields of the answer are extra fields in Java.
 */
import { bool, optional } from '../schema.ts'
import { inherited, request } from './request.ts'

export const heartBeat = request({
  name: 'HEART_BEAT',
  code: 34,
  access: 'none',
  header: { ...inherited },
  reply: {
    IS_SUPPORT_HEART_BEAT_V2: optional(bool),
    IS_SUB_CHANGE: optional(bool)
  }
})
