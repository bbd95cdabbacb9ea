/** The state of replication. Java: HARuntimeInfo with its inner classes. */
import { flag, list, maybe, or, record, type ShapeOf, text, whole } from './shape.ts'

/** A slave as its master sees it. */
const connection = record({
  addr: text,
  slaveAckOffset: whole,
  diff: whole,
  inSync: flag,
  transferredByteInSecond: whole,
  transferFromWhere: whole
})

/** A master as its slave sees it. */
const client = record({
  masterAddr: maybe(text),
  transferredByteInSecond: whole,
  maxOffset: whole,
  /** Milliseconds since 1970. */
  lastReadTimestamp: whole,
  lastWriteTimestamp: whole,
  masterFlushOffset: whole
})

/** What a master says about the connection to its own master. */
export const noHaClient: ShapeOf<typeof client> = {
  transferredByteInSecond: 0,
  maxOffset: 0,
  lastReadTimestamp: 0,
  lastWriteTimestamp: 0,
  masterFlushOffset: 0
}

export const haStatusShape = record({
  master: flag,
  masterCommitLogMaxOffset: whole,
  inSyncSlaveNums: whole,
  haConnectionInfo: list(connection),
  haClientRuntimeInfo: or(client, noHaClient)
})
export type HaStatus = ShapeOf<typeof haStatusShape>
