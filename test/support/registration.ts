/** Registrations as a NameServer holds them, for tests of its tables. */
import type { BrokerRegistration } from '../../src/namesrv/broker-registration.ts'
import type { TopicConfig } from '../../src/protocol/bodies/topic-config.ts'
import { brokerFields, topicConfig } from './namesrv.ts'

const end = { host: '192.0.2.7', port: 40_000 }

export interface RegistrationOf extends Partial<Omit<BrokerRegistration, 'topics' | 'dataVersion' | 'registrant'>> {
  readonly topics?: readonly TopicConfig[]
  readonly counter?: number
  readonly stateVersion?: number
  /** Number of the connection. */
  readonly over?: number
}

export const registration = ({
  topics,
  counter,
  stateVersion,
  over,
  ...more
}: RegistrationOf = {}): BrokerRegistration => {
  const configs = topics ?? [topicConfig('T'), topicConfig('U')]
  return {
    ...brokerFields,
    zoneName: undefined,
    heartbeatTimeoutMs: undefined,
    enableActingMaster: false,
    dataVersion: { stateVersion: stateVersion ?? 0, timestamp: 1, counter: counter ?? 1 },
    topics: new Map(configs.map(config => [config.topicName, config])),
    mappings: new Map(),
    filterServers: [],
    advertised: undefined,
    registrant: { id: over ?? 1, remote: end, local: { host: '192.0.2.1', port: 9876 } },
    ...more
  }
}
