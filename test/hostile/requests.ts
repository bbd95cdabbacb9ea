/** Every declared request code with a valid example of it, made from its schema: what the mutations start from. */
import { readdirSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import type { Request } from '../../src/protocol/requests/request.ts'
import { bool, type Field, int, long } from '../../src/protocol/schema.ts'
import type { Fields } from '../support/raw-client.ts'
import { propertyText } from '../support/raw-message.ts'

export type Server = 'broker' | 'namesrv'

export interface Example {
  readonly name: string
  readonly code: number
  readonly server: Server
  readonly fields: Fields
  readonly body: Buffer
}

const folder = new URL('../../src/protocol/requests/', import.meta.url)

const isRequest = (value: unknown): value is Request =>
  typeof value === 'object' && value !== null && 'code' in value && 'header' in value && 'reply' in value

export const declaredRequests = async (): Promise<Request[]> => {
  const found = new Map<number, Request>()
  for (const file of readdirSync(folder).filter(name => name.endsWith('.ts'))) {
    const module = (await import(new URL(file, folder).href)) as Record<string, unknown>
    for (const value of Object.values(module)) if (isRequest(value)) found.set(value.code, value)
  }
  return [...found.values()].toSorted((left, right) => left.code - right.code)
}

export const hostileTopic = 'HostileTopic'
export const hostileGroup = 'hostile-group'

/** Values of fields that must name something real for a handler to get past its first check. */
const known: Fields = {
  topic: hostileTopic,
  b: hostileTopic,
  originTopic: hostileTopic,
  consumerGroup: hostileGroup,
  producerGroup: hostileGroup,
  group: hostileGroup,
  groupName: hostileGroup,
  a: hostileGroup,
  c: 'TBW102',
  defaultTopic: 'TBW102',
  i: propertyText({ UNIQ_KEY: 'AC1100010000000000000000000000AB', TAGS: 'TagA', KEYS: 'k1 k2' }),
  properties: propertyText({ UNIQ_KEY: 'AC1100010000000000000000000000AC', TAGS: 'TagA', KEYS: 'k1 k2' }),
  subscription: '*',
  expressionType: 'TAG',
  topicFilterType: 'SINGLE_TAG',
  perm: 6,
  readQueueNums: 4,
  writeQueueNums: 4,
  d: 4,
  defaultTopicQueueNums: 4,
  maxMsgNums: 32,
  maxNum: 32,
  sysFlag: 4,
  suspendTimeoutMillis: 0,
  f: 0,
  key: 'k1',
  endTimestamp: 9_999_999_999_999,
  g: 1_700_000_000_000,
  bornTimestamp: 1_700_000_000_000,
  clusterName: 'DefaultCluster',
  brokerName: 'hostile-broker',
  brokerAddr: '127.0.0.1:65000',
  haServerAddr: '127.0.0.1:65001',
  brokerId: 0,
  bodyCrc32: 0,
  boundaryType: 'LOWER',
  clientID: 'hostile@1',
  namespace: 'HOSTILE',
  value: 'v',
  cluster: 'DefaultCluster',
  delayLevel: 3
}

const sampleOf = (name: string, field: Field<unknown>): string | number | boolean => {
  const value = known[name]
  if (value !== undefined) return value
  if (field.read === int.read || field.read === long.read) return 0
  if (field.read === bool.read) return false
  return 'hostile'
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

export const topicConfig = {
  topicName: hostileTopic,
  readQueueNums: 4,
  writeQueueNums: 4,
  perm: 6,
  topicFilterType: 'SINGLE_TAG',
  topicSysFlag: 0,
  order: false,
  attributes: {}
}

const dataVersion = { stateVersion: 0, timestamp: 1_700_000_000_000, counter: 1 }

export const registration = {
  topicConfigSerializeWrapper: {
    topicConfigTable: { [hostileTopic]: topicConfig, another: { ...topicConfig, topicName: 'another' } },
    dataVersion
  },
  filterServerList: []
}

const heartbeat = {
  clientID: 'hostile@1',
  producerDataSet: [{ groupName: hostileGroup }],
  consumerDataSet: [
    {
      groupName: hostileGroup,
      consumeType: 'CONSUME_PASSIVELY',
      messageModel: 'CLUSTERING',
      consumeFromWhere: 'CONSUME_FROM_LAST_OFFSET',
      unitMode: false,
      subscriptionDataSet: [
        { topic: hostileTopic, subString: '*', tagsSet: [], codeSet: [], subVersion: 1, expressionType: 'TAG' }
      ]
    }
  ],
  heartbeatFingerprint: 0,
  withoutSub: false
}

const groupConfig = {
  groupName: hostileGroup,
  consumeEnable: true,
  consumeFromMinEnable: true,
  consumeBroadcastEnable: true,
  consumeMessageOrderly: false,
  retryQueueNums: 1,
  retryMaxTimes: 16,
  brokerId: 0,
  whichBrokerWhenConsumeSlowly: 1,
  notifyConsumerIdsChangedEnable: true,
  attributes: {}
}

const locks = {
  consumerGroup: hostileGroup,
  clientId: 'hostile@1',
  onlyThisBroker: false,
  mqSet: [{ topic: hostileTopic, brokerName: 'broker-a', queueId: 0 }]
}

/** Two messages as SEND_BATCH_MESSAGE carries them. */
export const batchBody = (): Buffer => {
  const entry = (body: Buffer, properties: Buffer): Buffer => {
    const bytes = Buffer.alloc(22 + body.length + properties.length)
    bytes.writeInt32BE(bytes.length, 0)
    bytes.writeInt32BE(body.length, 16)
    body.copy(bytes, 20)
    bytes.writeInt16BE(properties.length, 20 + body.length)
    properties.copy(bytes, 22 + body.length)
    return bytes
  }
  const properties = Buffer.from(propertyText({ UNIQ_KEY: 'AC1100010000000000000000000000AD', WAIT: 'true' }))
  return Buffer.concat([entry(Buffer.from('one'), properties), entry(Buffer.from('two'), properties)])
}

const bodies: Readonly<Record<string, () => Buffer>> = {
  HEART_BEAT: () => json(heartbeat),
  SEND_MESSAGE: () => Buffer.from('a body'),
  SEND_MESSAGE_V2: () => Buffer.from('a body'),
  SEND_BATCH_MESSAGE: batchBody,
  REGISTER_BROKER: () => json(registration),
  QUERY_DATA_VERSION: () => json(dataVersion),
  REGISTER_TOPIC_IN_NAMESRV: () =>
    json({ queueDatas: [{ brokerName: 'hostile-broker', readQueueNums: 4, writeQueueNums: 4, perm: 6 }] }),
  UPDATE_AND_CREATE_TOPIC_LIST: () => json({ topicConfigList: [topicConfig] }),
  UPDATE_AND_CREATE_SUBSCRIPTIONGROUP: () => json(groupConfig),
  UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST: () => json({ groupConfigList: [groupConfig] }),
  LOCK_BATCH_MQ: () => json(locks),
  UNLOCK_BATCH_MQ: () => json(locks),
  CHECK_CLIENT_CONFIG: () =>
    json({
      clientId: 'hostile@1',
      group: hostileGroup,
      subscriptionData: { topic: hostileTopic, subString: 'a = 1', expressionType: 'SQL92' }
    }),
  UPDATE_BROKER_CONFIG: () => Buffer.from('flushIntervalCommitLog=500\n'),
  UPDATE_NAMESRV_CONFIG: () => Buffer.from('clusterTest=false\n')
}

/** A valid request of this code. */
export const exampleOf = (request: Request, server: Server): Example => {
  const fields: Record<string, string | number | boolean> = {}
  for (const [name, field] of Object.entries(request.header) as [string, Field<unknown>][]) {
    if (field.required || name in known) fields[name] = sampleOf(name, field)
  }
  // The flag of a send is not the flag of a pull: `sysFlag` 4 means a subscription there, a transaction here.
  if (request.name === 'SEND_MESSAGE') fields['sysFlag'] = 0
  if (request.name === 'SEND_BATCH_MESSAGE') fields['m'] = true
  const body = bodies[request.name]?.() ?? Buffer.alloc(0)
  return { name: request.name, code: request.code, server, fields, body }
}

export const inflationBomb = (bytes: number): Buffer => deflateSync(Buffer.alloc(bytes), { level: 9 })
