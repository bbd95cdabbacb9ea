/** What one broker tells with REGISTER_BROKER, decoded. */
import type { DataVersion } from '../protocol/bodies/data-version.ts'
import type { TopicConfig } from '../protocol/bodies/topic-config.ts'
import type { QueueMappingInfo } from '../protocol/bodies/topic-config-wrapper.ts'
import type { Advertised } from '../remoting/advertise.ts'
import type { Endpoint } from '../remoting/peer.ts'

/** The connection that a registration came over; it is over when the connection is. */
export interface Registrant {
  /** Larger for a connection that was opened later. */
  readonly id: number
  readonly remote: Endpoint
  readonly local: Endpoint
}

/** What names one process: a broker that moves to another address is another one. */
export interface BrokerKey {
  readonly clusterName: string
  readonly brokerAddr: string
}

export interface BrokerRegistration extends BrokerKey {
  readonly brokerName: string
  /** 0 = master. */
  readonly brokerId: number
  readonly haServerAddr: string
  readonly zoneName: string | undefined
  /** Time without a sign of life after which the broker is dropped, milliseconds; undefined = 120 s. */
  readonly heartbeatTimeoutMs: number | undefined
  /** Undefined: a broker older than 5.0. */
  readonly enableActingMaster: boolean | undefined
  readonly dataVersion: DataVersion
  readonly topics: ReadonlyMap<string, TopicConfig>
  readonly mappings: ReadonlyMap<string, QueueMappingInfo>
  readonly filterServers: readonly string[]
  readonly advertised: Advertised | undefined
  readonly registrant: Registrant
}

/** A broker that is known to live. */
export interface LiveBroker extends BrokerKey {
  readonly brokerName: string
  readonly haServerAddr: string
  readonly timeoutMs: number
  readonly dataVersion: DataVersion
  readonly filterServers: readonly string[]
  readonly advertised: Advertised | undefined
  readonly registrant: Registrant
  /** Monotonic milliseconds of the last sign of life. */
  lastSeen: number
}
