/** Where `produce` takes its messages from: an argument, a file, or standard input, in a format or as JSON lines. */
import { createReadStream } from 'node:fs'
import { ofTheJourney } from '../admin/journey-properties.ts'
import type { OutgoingMessage } from '../client/outgoing-message.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { inputRecords } from './input-format.ts'

export interface ProduceFlags {
  readonly file?: string | undefined
  readonly format: string
  readonly 'input-json': boolean
  readonly key?: readonly string[] | undefined
  readonly tag?: string | undefined
  readonly property?: readonly string[] | undefined
  readonly 'sharding-key'?: string | undefined
  readonly queue?: number | undefined
  readonly broker?: string | undefined
}

/** What 5.x clients keep order by. Java: MessageConst.PROPERTY_SHARDING_KEY. */
export const shardingProperty = '__SHARDINGKEY'

/**
 * The messages to send, one after the other; what the input says of a message goes before what the flags say. Throws
 * MQ_USAGE for input that cannot be read.
 */
export async function* produceInput(
  topic: string,
  text: string | undefined,
  flags: ProduceFlags,
  stdin: NodeJS.ReadStream = process.stdin
): AsyncGenerator<OutgoingMessage> {
  const common = commonOf(topic, flags)
  if (text !== undefined) {
    if (text === '') throw new MqError('MQ_USAGE', 'a message needs a body; RocketMQ has no empty messages')
    yield { ...common, body: Buffer.from(text) }
    return
  }
  const isStdin = flags.file === undefined || flags.file === '-'
  if (isStdin && stdin.isTTY) process.stderr.write('Type one message a line; Ctrl-D ends.\n')
  const input = isStdin ? stdin : readFile(flags.file)
  if (flags['input-json']) {
    yield* jsonLines(common, input)
    return
  }
  for await (const { keys, tags, queueId, body, properties } of inputRecords(input, flags.format)) {
    // Brokers refuse empty messages; blank lines are common in what people pipe.
    if (body.length > 0) yield merged(common, { keys, tags, queueId, body, properties })
  }
}

type Common = Omit<OutgoingMessage, 'body' | 'properties'> & { readonly properties: ReadonlyMap<string, string> }

interface Read {
  readonly keys?: string | undefined
  readonly tags?: string | undefined
  readonly queueId?: number | undefined
  readonly body: Buffer
  readonly properties: Iterable<readonly [string, string]>
}

/** Keys and tags may stand by themselves or among the properties. What the way put on a message does not go on a copy. */
const merged = (common: Common, { keys, tags, queueId, body, properties }: Read): OutgoingMessage => {
  const all = new Map(properties)
  const ownKeys = keys || all.get('KEYS')
  const ownTags = tags || all.get('TAGS')
  const own = [...all].filter(([name]) => !ofTheJourney.has(name))
  return {
    ...common,
    body,
    properties: new Map([...common.properties, ...own]),
    ...(ownKeys ? { keys: ownKeys } : {}),
    ...(ownTags ? { tags: ownTags } : {}),
    ...(queueId === undefined || common.queueId !== undefined ? {} : { queueId })
  }
}

const commonOf = (topic: string, flags: ProduceFlags): Common => {
  const properties = new Map<string, string>()
  for (const text of flags.property ?? []) {
    const at = text.indexOf('=')
    if (at < 1) throw new MqError('MQ_USAGE', `-H ${JSON.stringify(text)} is not of the form name=value`)
    const name = text.slice(0, at)
    if (ofTheJourney.has(name)) {
      const flag = name === 'KEYS' ? '; use -k' : name === 'TAGS' ? '; use -t' : ''
      throw new MqError('MQ_USAGE', `-H ${name} is a property that clients and brokers set themselves${flag}`)
    }
    properties.set(name, text.slice(at + 1))
  }
  const sharding = flags['sharding-key']
  if (sharding !== undefined) properties.set(shardingProperty, sharding)
  return {
    topic,
    properties,
    ...(flags.key === undefined ? {} : { keys: flags.key.join(' ') }),
    ...(flags.tag === undefined ? {} : { tags: flags.tag }),
    ...(flags.queue === undefined ? {} : { queueId: flags.queue }),
    ...(flags.broker === undefined ? {} : { brokerName: flags.broker })
  }
}

async function* readFile(path: string | undefined): AsyncGenerator<Buffer> {
  try {
    for await (const part of createReadStream(path ?? '')) yield part as Buffer
  } catch (error) {
    throw new MqError('MQ_USAGE', `the file ${path} cannot be read: ${errorText(error)}`, { cause: error })
  }
}

/** Lines end at a line feed alone: JSON may hold every other kind of line break inside its strings. */
async function* jsonLines(common: Common, input: AsyncIterable<Buffer>): AsyncGenerator<OutgoingMessage> {
  let line = 0
  for await (const { body } of inputRecords(input, '%v\\n')) {
    line++
    const text = body.toString()
    if (text.trim() !== '') yield fromJson(common, text, line)
  }
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const fromJson = (common: Common, text: string, line: number): OutgoingMessage => {
  const wrong = (why: string): MqError => new MqError('MQ_USAGE', `line ${line} of the input ${why}`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw wrong(`is no JSON: ${errorText(error)}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('is no JSON object')
  const { body, bodyEncoding, keys, tags, properties } = value as Record<string, unknown>
  if (typeof body !== 'string' || body === '') throw wrong('has no "body" of text')
  if (bodyEncoding !== undefined && bodyEncoding !== 'utf8' && bodyEncoding !== 'base64') {
    throw wrong(`has the "bodyEncoding" ${JSON.stringify(bodyEncoding)}, which is neither utf8 nor base64`)
  }
  if (bodyEncoding === 'base64' && !base64.test(body)) throw wrong('has a "body" that is no base64')
  if (![keys, tags].every(entry => entry === undefined || typeof entry === 'string')) {
    throw wrong('has "keys" or "tags" that are no text')
  }
  return merged(common, {
    body: Buffer.from(body, bodyEncoding === 'base64' ? 'base64' : 'utf8'),
    keys: keys as string | undefined,
    tags: tags as string | undefined,
    properties: propertiesOf(properties, wrong)
  })
}

const propertiesOf = (properties: unknown, wrong: (why: string) => MqError): [string, string][] => {
  if (properties === undefined) return []
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) {
    throw wrong('has "properties" that are no object')
  }
  return Object.entries(properties).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'string') throw wrong(`has the property ${JSON.stringify(name)}, whose value is no text`)
    return [name, value]
  })
}
