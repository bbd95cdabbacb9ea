/** A real NameServer on a port of its own, and a client of bare bytes beside it. */
import { systemClock } from '../../src/kit/clock.ts'
import { defaultOptions } from '../../src/kit/options.ts'
import { type Namesrv, startNamesrv } from '../../src/namesrv/namesrv.ts'
import { type NamesrvOptions, namesrvOptionRows } from '../../src/namesrv/options.ts'
import { writeRegisterBrokerBody } from '../../src/protocol/bodies/register-broker-body.ts'
import type { TopicConfig } from '../../src/protocol/bodies/topic-config.ts'
import { plainTopics } from '../../src/protocol/bodies/topic-config-wrapper.ts'
import { type Fields, type RawAnswer, RawClient } from './raw-client.ts'
import { silentLog } from './silent-log.ts'
import { tempDir } from './temp-dir.ts'

export const topicConfig = (topicName: string, more: Partial<TopicConfig> = {}): TopicConfig => ({
  topicName,
  readQueueNums: 4,
  writeQueueNums: 4,
  perm: 6,
  topicFilterType: 'SINGLE_TAG',
  topicSysFlag: 0,
  order: false,
  attributes: {},
  ...more
})

export interface TestBroker {
  readonly topics?: readonly TopicConfig[]
  readonly counter?: number
  readonly fields?: Fields
}

export const brokerFields = {
  brokerName: 'broker-a',
  brokerAddr: '192.0.2.7:10911',
  clusterName: 'DefaultCluster',
  haServerAddr: '192.0.2.7:10912',
  brokerId: 0
}

/** What a broker sends with REGISTER_BROKER. */
export const registrationBody = ({ topics, counter }: TestBroker = {}): Buffer => {
  const configs = topics ?? [topicConfig('TBW102', { perm: 7 }), topicConfig('T')]
  const version = { stateVersion: 0, timestamp: 1_700_000_000_000, counter: counter ?? 1 }
  const table = new Map(configs.map(config => [config.topicName, config]))
  return writeRegisterBrokerBody({ topicConfigSerializeWrapper: plainTopics(table, version), filterServerList: [] })
}

export interface TestNamesrv {
  readonly namesrv: Namesrv
  readonly dataDir: string
  readonly log: ReturnType<typeof silentLog>
  /** A connection of its own. */
  client(host?: string): Promise<RawClient>
  /** Registers a broker over this connection. */
  register(over: RawClient, broker?: TestBroker): Promise<RawAnswer>
  stop(): Promise<void>
}

export interface TestNamesrvSettings {
  readonly values?: Partial<NamesrvOptions>
  readonly dataDir?: string
}

export const testNamesrv = async ({ values, dataDir }: TestNamesrvSettings = {}): Promise<TestNamesrv> => {
  const log = silentLog()
  const temp = dataDir === undefined ? tempDir() : undefined
  const dir = dataDir ?? temp!.path
  const options = { ...defaultOptions(namesrvOptionRows), listenPort: 0, ...values } as NamesrvOptions
  const namesrv = await startNamesrv({ values: options, dataDir: dir }, { clock: systemClock, log })
  const clients: RawClient[] = []
  return {
    namesrv,
    dataDir: dir,
    log,
    async client(host) {
      const client = await RawClient.connect(namesrv.address.port, host)
      clients.push(client)
      return client
    },
    register: (over, broker = {}) => over.ask(103, { ...brokerFields, ...broker.fields }, registrationBody(broker)),
    async stop() {
      for (const client of clients) client.destroy()
      await namesrv.close()
      temp?.remove()
    }
  }
}

/** Each test of a file gets a NameServer with one broker, registered over `broker`. */
export const withNamesrv = (settings: TestNamesrvSettings = {}) => {
  const at = {} as { server: TestNamesrv; broker: RawClient; client: RawClient }
  beforeEach(async () => {
    at.server = await testNamesrv(settings)
    at.broker = await at.server.client()
    at.client = await at.server.client()
    await at.server.register(at.broker)
  })
  afterEach(() => at.server.stop())
  return at
}
