/** What the hex digits of a message id say. Pure. */

import { hostText } from '../client/received-message.ts'
import { MqError } from '../kit/errors.ts'
import { parseOffsetMessageId, uniqueIdTimestamp } from '../protocol/message-id.ts'
import type { DecodedId } from './client-rows.ts'

/** Throws MQ_USAGE for what has not the form of an id. */
export const decodeId = (text: string, nowMs: number): DecodedId => {
  const id = text.toUpperCase()
  if (!/^([0-9A-F]{32}|[0-9A-F]{56})$/.test(id)) {
    throw new MqError('MQ_USAGE', `${JSON.stringify(text.slice(0, 80))} is no message id: 32 or 56 hex digits`)
  }
  const { storeHost, physicalOffset } = parseOffsetMessageId(id)
  const bytes = Buffer.from(id, 'hex')
  const address = bytes.subarray(0, storeHost.length - 4)
  // A port fills 2 of its 4 bytes; in a sender's id the process stands there.
  const kind = bytes.readUInt16BE(address.length) === 0 && physicalOffset >= 0 ? 'offset' : 'unique'
  const madeMs = uniqueIdTimestamp(id, nowMs)
  return {
    id,
    kind,
    storeHost: hostText(storeHost),
    physicalOffset,
    senderAddress: hostText(Buffer.concat([address, Buffer.alloc(4)])).replace(/:0$/, ''),
    senderPid: bytes.readUInt16BE(address.length),
    ...(madeMs === undefined ? {} : { made: new Date(madeMs).toISOString(), madeMs })
  }
}
