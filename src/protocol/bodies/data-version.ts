/** Version of a table, raised with each change. Java: DataVersion. */
import { record, type Shape, whole } from './shape.ts'

export interface DataVersion {
  readonly stateVersion: number
  /** Milliseconds since 1970. */
  readonly timestamp: number
  readonly counter: number
}

export const dataVersionShape: Shape<DataVersion> = record({ stateVersion: whole, timestamp: whole, counter: whole })

/** What an absent version counts as. */
export const noDataVersion: DataVersion = { stateVersion: 0, timestamp: 0, counter: 0 }

export const sameDataVersion = (one: DataVersion, other: DataVersion): boolean =>
  one.stateVersion === other.stateVersion && one.timestamp === other.timestamp && one.counter === other.counter
