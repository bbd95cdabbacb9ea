/**
 * Ids of messages. The offset id names a place (`msgId` of a send's answer); the unique id is the client's and opaque
 * to brokers. Java: MessageDecoder.createMessageId, MessageClientIDSetter.
 */
import { MqError } from '../kit/errors.ts'
import { readLong, writeLong } from './long.ts'

/** `storeHost` as it stands in the message, 8 or 20 bytes; the id has 32 or 56 hex digits. */
export const offsetMessageId = (storeHost: Buffer, physicalOffset: number): string => {
  const bytes = Buffer.allocUnsafe(storeHost.length + 8)
  storeHost.copy(bytes)
  writeLong(bytes, physicalOffset, storeHost.length)
  return bytes.toString('hex').toUpperCase()
}

export interface OffsetMessageId {
  /** Read it with decodeHost of host-bytes.ts. */
  readonly storeHost: Buffer
  readonly physicalOffset: number
}

/** Throws MQ_MESSAGE_INVALID when the text has not the form of an offset id. A unique id has the same form. */
export const parseOffsetMessageId = (id: string): OffsetMessageId => {
  if (!/^([0-9a-fA-F]{32}|[0-9a-fA-F]{56})$/.test(id)) {
    throw new MqError('MQ_MESSAGE_INVALID', `${JSON.stringify(id.slice(0, 80))} is no offset id: 32 or 56 hex digits`)
  }
  const bytes = Buffer.from(id, 'hex')
  return { storeHost: bytes.subarray(0, -8), physicalOffset: readLong(bytes, bytes.length - 8) }
}

/** Milliseconds at the first of the month of `nowMs`, in local time as in Java: unique ids count from there. */
const monthStart = (nowMs: number, monthsBack = 0): number => {
  const date = new Date(nowMs)
  return new Date(date.getFullYear(), date.getMonth() - monthsBack, 1).getTime()
}

export interface UniqueIdSource {
  /** The host's IP address, 4 or 16 bytes. */
  readonly address: Buffer
  readonly pid: number
  /** Tells several sources of one process apart; 32 bits. */
  readonly salt: number
  readonly now: () => number
}

/** A maker of unique ids, 32 or 56 hex digits. 65,536 ids fit into one millisecond. */
export const uniqueIds = ({ address, pid, salt, now }: UniqueIdSource): (() => string) => {
  const bytes = Buffer.alloc(address.length + 12)
  address.copy(bytes)
  bytes.writeUInt16BE(pid & 0xffff, address.length)
  bytes.writeInt32BE(salt | 0, address.length + 2)
  let counter = salt & 0xffff
  return () => {
    const nowMs = now()
    bytes.writeUInt32BE((nowMs - monthStart(nowMs)) >>> 0, address.length + 6)
    counter = (counter + 1) & 0xffff
    bytes.writeUInt16BE(counter, address.length + 10)
    return bytes.toString('hex').toUpperCase()
  }
}

/** When a unique id was made, or undefined for ids of another form. Java: MessageClientIDSetter.getNearlyTimeFromID. */
export const uniqueIdTimestamp = (id: string, nowMs: number): number | undefined => {
  if (!/^([0-9a-fA-F]{32}|[0-9a-fA-F]{56})$/.test(id)) return undefined
  const sinceMonth = Number.parseInt(id.slice(-12, -4), 16)
  const thisMonth = monthStart(nowMs) + sinceMonth
  return thisMonth <= nowMs ? thisMonth : monthStart(nowMs, 1) + sinceMonth
}
