/** Version of a table, raised with each change. Java: DataVersion. */
export interface DataVersion {
  readonly stateVersion: number
  /** Milliseconds since 1970. */
  readonly timestamp: number
  readonly counter: number
}
