/** What a manifest says of a topic or a group, and how it is written. Pure. */
import { MqError } from '../../kit/errors.ts'
import { nearest } from '../../kit/nearest.ts'
import { parsePerm } from '../perms.ts'

export const apiVersion = 'mq/v1'

interface Placed {
  readonly name: string
  /** The only one when absent. */
  readonly cluster?: string
  /** All of the cluster when absent. */
  readonly brokers?: readonly string[]
}

export interface TopicManifest extends Placed {
  readonly kind: 'Topic'
  readonly readQueueNums?: number
  readonly writeQueueNums?: number
  readonly perm?: number
  readonly order?: boolean
  readonly type?: string
  /** All attributes but `message.type`; absent = they stay as they are. */
  readonly attributes?: Readonly<Record<string, string>>
}

/** Settings of a group: the name in a manifest and in RocketMQ. */
export const groupFields = {
  consume: 'consumeEnable',
  fromMin: 'consumeFromMinEnable',
  broadcast: 'consumeBroadcastEnable',
  orderly: 'consumeMessageOrderly',
  retryQueues: 'retryQueueNums',
  maxRetries: 'retryMaxTimes',
  consumeTimeoutMinutes: 'consumeTimeoutMinute',
  brokerId: 'brokerId',
  slowBrokerId: 'whichBrokerWhenConsumeSlowly',
  notify: 'notifyConsumerIdsChangedEnable'
} as const
export type GroupField = (typeof groupFields)[keyof typeof groupFields]

export interface GroupManifest extends Placed {
  readonly kind: 'ConsumerGroup'
  readonly settings: ReadonlyMap<GroupField, number | boolean>
}

/** One that `apply` passes over: brokers' settings and figures, which an export may hold. */
export interface OtherManifest {
  readonly kind: 'Other'
  /** BrokerConfig, BrokerMetrics. */
  readonly of: string
  readonly name: string
}

export type Manifest = TopicManifest | GroupManifest | OtherManifest

type Fields = ReadonlyMap<string, unknown>

const fault = (where: string, what: string, suggestions: readonly string[] = []): MqError =>
  new MqError('MQ_USAGE', `${where}: ${what}`, { suggestions })

/** The object's fields. Throws MQ_USAGE when it is none, or has one that is not known. */
const fieldsOf = (value: unknown, where: string, known?: readonly string[]): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault(where, 'this is no object')
  const fields = new Map(Object.entries(value))
  for (const key of fields.keys()) {
    if (known === undefined || known.includes(key)) continue
    const meant = nearest(key, known)
    throw fault(where, `there is no field ${key}`, meant === undefined ? [] : [`did you mean ${meant}?`])
  }
  return fields
}

const textOf = (fields: Fields, key: string, where: string): string | undefined => {
  const value = fields.get(key)
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw fault(where, `${key} is no text`)
}

const wholeOf = (fields: Fields, key: string, where: string): number | undefined => {
  const value = fields.get(key)
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw fault(where, `${key} is no whole number`)
}

const flagOf = (fields: Fields, key: string, where: string): boolean | undefined => {
  const value = fields.get(key)
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return value
  throw fault(where, `${key} is neither true nor false`)
}

const present = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** A name that a `+` may stand before, as requests of Apache have it. */
const attributesOf = (value: unknown, where: string): Map<string, string> => {
  const fields = fieldsOf(value ?? {}, `${where} attributes`)
  return new Map([...fields.keys()].map(key => [key.replace(/^\+/, ''), textOf(fields, key, where) ?? '']))
}

const places = ['name', 'cluster', 'brokers']

const placed = (metadata: unknown, where: string): Placed => {
  const fields = fieldsOf(metadata, `${where} metadata`, places)
  const name = textOf(fields, 'name', where)
  if (name === undefined) throw fault(where, 'metadata has no name')
  const brokers = fields.get('brokers')
  if (brokers !== undefined && !(Array.isArray(brokers) && brokers.every(entry => typeof entry === 'string')))
    throw fault(where, 'brokers is no list of names')
  return { name, ...present({ cluster: textOf(fields, 'cluster', where), brokers }) } as Placed
}

const topicFields = ['type', 'queues', 'readQueues', 'writeQueues', 'perm', 'order', 'attributes']

const topicOf = (place: Placed, spec: unknown, where: string): TopicManifest => {
  const fields = fieldsOf(spec ?? {}, `${where} spec`, topicFields)
  const queues = wholeOf(fields, 'queues', where)
  const perm = textOf(fields, 'perm', where)
  const attributes = fields.has('attributes') ? attributesOf(fields.get('attributes'), where) : undefined
  const settings = present({
    readQueueNums: wholeOf(fields, 'readQueues', where) ?? queues,
    writeQueueNums: wholeOf(fields, 'writeQueues', where) ?? queues,
    perm: perm === undefined ? undefined : parsePerm(perm),
    order: flagOf(fields, 'order', where),
    type: textOf(fields, 'type', where) ?? attributes?.get('message.type'),
    attributes: attributes === undefined ? undefined : withoutType(attributes)
  })
  return { kind: 'Topic', ...place, ...settings }
}

const withoutType = (attributes: ReadonlyMap<string, string>): Readonly<Record<string, string>> =>
  Object.fromEntries([...attributes].filter(([name]) => name !== 'message.type'))

const groupOf = (place: Placed, spec: unknown, where: string): GroupManifest => {
  const fields = fieldsOf(spec ?? {}, `${where} spec`, Object.keys(groupFields))
  const settings = new Map<GroupField, number | boolean>()
  for (const [name, field] of Object.entries(groupFields)) {
    const isFlag = !/Queues|Retries|Minutes|Id$/.test(name)
    const value = isFlag ? flagOf(fields, name, where) : wholeOf(fields, name, where)
    if (value !== undefined) settings.set(field, value)
  }
  return { kind: 'ConsumerGroup', ...place, settings }
}

/** One document with a `kind`. Throws MQ_USAGE, naming the place. */
export const manifestOf = (document: unknown, where: string): Manifest => {
  const fields = fieldsOf(document, where, ['apiVersion', 'kind', 'metadata', 'spec'])
  const version = textOf(fields, 'apiVersion', where) ?? apiVersion
  if (version !== apiVersion) throw fault(where, `apiVersion is ${version}, and only ${apiVersion} is known`)
  const kind = textOf(fields, 'kind', where)
  if (kind === 'BrokerConfig' || kind === 'BrokerMetrics') {
    const name = textOf(fieldsOf(fields.get('metadata'), `${where} metadata`), 'name', where) ?? ''
    return { kind: 'Other', of: kind, name }
  }
  const place = placed(fields.get('metadata'), where)
  const named = `${where} (${kind ?? 'no kind'} ${place.name})`
  if (kind === 'Topic') return topicOf(place, fields.get('spec'), named)
  if (kind === 'ConsumerGroup') return groupOf(place, fields.get('spec'), named)
  throw fault(where, `the kind ${kind ?? 'is missing'}${kind === undefined ? '' : ' is not known'}`, [
    'kinds are Topic and ConsumerGroup'
  ])
}

/** A TopicConfig of Apache, as the files of updateTopicList and exportMetadata have it. Other fields are passed over. */
export const topicOfApache = (value: unknown, where: string): TopicManifest => {
  const fields = fieldsOf(value, where)
  const name = textOf(fields, 'topicName', where)
  if (name === undefined) throw fault(where, 'there is no topicName')
  const perm = wholeOf(fields, 'perm', where)
  const attributes = fields.get('attributes') === undefined ? undefined : attributesOf(fields.get('attributes'), where)
  return {
    kind: 'Topic',
    name,
    ...present({
      readQueueNums: wholeOf(fields, 'readQueueNums', where),
      writeQueueNums: wholeOf(fields, 'writeQueueNums', where),
      perm: perm === undefined ? undefined : perm & 6,
      order: flagOf(fields, 'order', where),
      type: attributes?.get('message.type'),
      attributes: attributes === undefined ? undefined : withoutType(attributes)
    })
  }
}

/** A SubscriptionGroupConfig of Apache. Other fields are passed over. */
export const groupOfApache = (value: unknown, where: string): GroupManifest => {
  const fields = fieldsOf(value, where)
  const name = textOf(fields, 'groupName', where)
  if (name === undefined) throw fault(where, 'there is no groupName')
  const settings = new Map<GroupField, number | boolean>()
  for (const field of Object.values(groupFields)) {
    const given = fields.get(field)
    if (typeof given === 'number' || typeof given === 'boolean') settings.set(field, given)
  }
  return { kind: 'ConsumerGroup', name, settings }
}
