/** What one end of a connection puts up with; every bound has a name, a unit and a default. */
export interface RemotingLimits {
  /** Bytes of a frame after its length field. Java: com.rocketmq.remoting.frameMaxLength. */
  readonly frameBytesMax: number
  /** A frame that has begun must be complete after this long, or the connection is closed. */
  readonly frameTimeoutMs: number
  /** A connection without a byte in either direction for this long is closed; 0 = never. Java: serverChannelMaxIdleTimeSeconds. */
  readonly idleTimeoutMs: number
  /** Output that waits for the peer. Above this, nothing more is read from it. */
  readonly outputBytesHigh: number
  /** Above this, a peer that takes nothing for `outputStallMs` is closed. */
  readonly outputBytesMax: number
  /** Above this, the connection is closed at once. */
  readonly outputBytesHard: number
  readonly outputStallMs: number
  /** A peer that takes nothing for this long while output waits is closed, however little it is. */
  readonly outputTimeoutMs: number
  /** Requests accepted from one peer and not yet answered; above this, nothing more is read from it. */
  readonly requestsInFlightMax: number
  /** Bytes of those requests. */
  readonly bytesInFlightMax: number
  /** Requests of ours that wait for this peer's answer; more are refused with MQ_TOO_BUSY. */
  readonly callsMax: number
  /** Connections that a server keeps; it keeps fewer when the process may open fewer files. */
  readonly connectionsMax: number
  /** Connections from one remote address; 0 = no limit of its own. */
  readonly connectionsPerHostMax: number
  /** A client gives up dialling after this long. */
  readonly connectTimeoutMs: number
  /** How long a closing server waits for answers in flight and for its peers to take them. */
  readonly closeTimeoutMs: number
}

const MiB = 1024 * 1024

export const defaultLimits: RemotingLimits = {
  frameBytesMax: 16 * MiB,
  frameTimeoutMs: 30_000,
  idleTimeoutMs: 120_000,
  outputBytesHigh: MiB,
  outputBytesMax: 8 * MiB,
  outputBytesHard: 32 * MiB,
  outputStallMs: 1_000,
  outputTimeoutMs: 30_000,
  requestsInFlightMax: 1_024,
  bytesInFlightMax: 64 * MiB,
  callsMax: 16_384,
  connectionsMax: 8_000,
  connectionsPerHostMax: 0,
  connectTimeoutMs: 3_000,
  closeTimeoutMs: 5_000
}

/**
 * What differs at a client: it must go on reading answers however many requests wait to be taken, or two ends that wait
 * for each other would wait for ever; and a server that takes nothing for a while may just be slowing it down.
 */
export const defaultClientLimits: RemotingLimits = {
  ...defaultLimits,
  outputBytesHigh: Number.POSITIVE_INFINITY,
  outputBytesHard: 64 * MiB,
  outputStallMs: defaultLimits.outputTimeoutMs
}
