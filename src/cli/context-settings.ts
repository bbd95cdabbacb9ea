/** What a context and `mq.yaml` may say about a cluster: one table of keys, checked alike in both. Pure. */
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'

export interface ContextSettings {
  /** NameServers, `host:port`. */
  readonly namesrv?: readonly string[]
  /** The HTTP admin API, `http://host:port`. */
  readonly api?: string
  /** The cluster that acts are meant for, when there are several. */
  readonly cluster?: string
  /** For one request, such as `5s`. */
  readonly timeout?: string
  /** A bearer token of the HTTP admin API, or the file that holds it. */
  readonly token?: string
  readonly tokenFile?: string
  /** Addresses that brokers give, and where they are reached from here. */
  readonly map?: Readonly<Record<string, string>>
  /** Whether changes are refused. */
  readonly readOnly?: boolean
  /** For the prompt. */
  readonly color?: string
}

export interface SettingKey {
  readonly name: keyof ContextSettings | 'context'
  readonly type: 'text' | 'addresses' | 'url' | 'map' | 'flag' | 'duration' | 'color'
  readonly help: string
  /** Whether `mq.yaml` may say it: what is secret or personal belongs into a context. */
  readonly project: boolean
}

export const contextColors = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const

/** Every key, for both files, their schema and their help. */
export const settingKeys: readonly SettingKey[] = [
  { name: 'namesrv', type: 'addresses', help: 'NameServers of the cluster, host:port', project: true },
  { name: 'api', type: 'url', help: 'base address of the HTTP admin API', project: true },
  { name: 'cluster', type: 'text', help: 'the cluster that acts are meant for, when there are several', project: true },
  { name: 'timeout', type: 'duration', help: 'time for one request, such as 5s', project: true },
  {
    name: 'map',
    type: 'map',
    help: 'address that a broker gives: address where it is reached from here',
    project: true
  },
  { name: 'readOnly', type: 'flag', help: 'refuse every change', project: true },
  { name: 'token', type: 'text', help: 'bearer token of the HTTP admin API', project: false },
  { name: 'tokenFile', type: 'text', help: 'file that holds the token', project: false },
  { name: 'color', type: 'color', help: 'colour of the name in the prompt', project: false }
]

/** Keys that others' tools have, and that nothing here reads yet: saying so beats ignoring a wish for safety. */
const later = new Map([
  ['tls', 'TLS towards NameServers and brokers is not there yet; api may be an https address'],
  ['accessKey', 'access control of RocketMQ is not there yet'],
  ['secretKey', 'access control of RocketMQ is not there yet'],
  ['secretKeyFile', 'access control of RocketMQ is not there yet']
])

/** Checks the settings of one context. Throws MQ_CONFIG_INVALID, which begins with `where`. */
export const readSettings = (value: unknown, where: string, keys = settingKeys): ContextSettings => {
  const fault = (text: string): MqError => new MqError('MQ_CONFIG_INVALID', `${where}: ${text}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault('is no object of settings')
  const known = new Map<string, SettingKey>(keys.map(key => [key.name, key]))
  const read: [string, unknown][] = []
  for (const [name, given] of Object.entries(value)) {
    const key = known.get(name)
    if (key === undefined) throw fault(unknownKey(name, [...known.keys()]))
    const problem = faultOf(key, given)
    if (problem !== undefined) throw fault(`${name} ${problem}`)
    read.push([name, key.type === 'addresses' ? [given].flat() : given])
  }
  return Object.fromEntries(read) as ContextSettings
}

const unknownKey = (name: string, known: readonly string[]): string => {
  const why = later.get(name)
  if (why !== undefined) return `${name} cannot be used: ${why}`
  const meant = nearest(name, known)
  return `there is no key ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`
}

const address = /^(\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}$/
const duration = /^\d{1,9}(\.\d{1,3})?(ms|s|m|h)?$/
// A line break in a token would be one in a header.
const plain = /^[^\p{Cc}]+$/u

/** What is wrong with a value, in words that follow the key's name. */
const faultOf = ({ type }: SettingKey, value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value : ''
  switch (type) {
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'must be true or false'
    case 'addresses': {
      const all = [value].flat()
      const good = all.length > 0 && all.every(entry => typeof entry === 'string' && address.test(entry))
      return good ? undefined : 'must be host:port, or a list of them'
    }
    case 'map':
      return isMap(value) ? undefined : 'must give a host:port for each host:port'
    case 'url':
      return isHttpUrl(text)
        ? undefined
        : 'must be http://HOST:PORT, https://… or unix:/PATH, without user, query and fragment'
    case 'duration':
      return duration.test(text) ? undefined : 'must be a duration such as 500ms or 5s'
    case 'color':
      return (contextColors as readonly string[]).includes(text)
        ? undefined
        : `must be one of ${contextColors.join(', ')}`
    case 'text':
      return plain.test(text) ? undefined : 'must be text in one line'
  }
}

const isMap = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([from, to]) => address.test(from) && typeof to === 'string' && address.test(to))

/** Whether it is an address of an HTTP admin API; a unix socket is one, too. */
export const isHttpUrl = (text: string): boolean => {
  if (/^unix:\/[^\p{Cc}]+$/u.test(text)) return true
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && `${username}${password}${search}${hash}` === ''
}
