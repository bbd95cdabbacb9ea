/**
 * One segment: a commit log database and what is derived from it. All that is derived lives and dies with its segment, so
 * that retention, rebuild and repair touch one segment only.
 */
import { join } from 'node:path'
import { errorText, MqError } from '../kit/errors.ts'
import type { Database } from './database.ts'
import { segmentName } from './keys.ts'

export const segmentParts = ['commitlog', 'consumequeue', 'index'] as const
export type SegmentPart = (typeof segmentParts)[number]

/** `open`: written to, or full with its derived data not complete; `sealed` never changes again; `leaving` is removed. */
export type SegmentState = 'open' | 'sealed' | 'leaving'

/** What meta holds about a segment. */
export interface SegmentRow {
  readonly state: SegmentState
  readonly firstStoreTime: number
  readonly lastStoreTime: number
  /** Whether its messages are in the key index. */
  readonly indexed: boolean
}

export interface SegmentDatabases {
  readonly commitlog: Database
  readonly consumequeue: Database
  readonly index: Database
}

export class Segment {
  readonly start: number
  /** Exclusive. */
  readonly end: number
  state: SegmentState
  firstStoreTime: number
  lastStoreTime: number
  indexed: boolean
  databases: SegmentDatabases | undefined
  /** Operations that use the databases now. */
  users = 0
  /** Order of use, to choose which sealed segment is closed. */
  lastUsed = 0
  opening: Promise<SegmentDatabases> | undefined
  /** Why the last attempt to open it failed, and until when it is not tried again. */
  failure: { readonly error: unknown; readonly untilMs: number } | undefined
  closing: Promise<void> | undefined
  idleWaiters: (() => void)[] = []

  constructor(start: number, end: number, row: SegmentRow) {
    this.start = start
    this.end = end
    this.state = row.state
    this.firstStoreTime = row.firstStoreTime
    this.lastStoreTime = row.lastStoreTime
    this.indexed = row.indexed
  }

  get name(): string {
    return segmentName(this.start)
  }

  row(state: SegmentState): SegmentRow {
    return { state, firstStoreTime: this.firstStoreTime, lastStoreTime: this.lastStoreTime, indexed: this.indexed }
  }

  release(): void {
    if (--this.users === 0) for (const resolve of this.idleWaiters.splice(0)) resolve()
  }
}

export const partDir = (root: string, part: SegmentPart, start: number): string => join(root, part, segmentName(start))

export const parseSegmentRow = (name: string, value: Buffer): SegmentRow => {
  try {
    const row = JSON.parse(value.toString('utf8')) as Partial<SegmentRow>
    if (row.state !== 'open' && row.state !== 'sealed' && row.state !== 'leaving') throw new Error('unknown state')
    return {
      state: row.state,
      firstStoreTime: Number(row.firstStoreTime),
      lastStoreTime: Number(row.lastStoreTime),
      indexed: row.indexed === true
    }
  } catch (error) {
    throw new MqError('MQ_STORE_CORRUPT', `the row of segment ${name} cannot be read: ${errorText(error)}`)
  }
}
