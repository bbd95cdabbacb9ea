/** Where `produce` takes its messages from: an argument, a file, or standard input, in a format or as JSON lines. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
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
  readonly queue?: number | undefined
  readonly broker?: string | undefined
  readonly 'delay-level'?: number | undefined
}

/** The messages to send, one after the other. Throws MQ_USAGE for input that cannot be read. */
export async function* produceInput(
  topic: string,
  text: string | undefined,
  flags: ProduceFlags
): AsyncGenerator<OutgoingMessage> {
  const common = commonOf(topic, flags)
  if (text !== undefined) {
    if (text === '') throw new MqError('MQ_USAGE', 'a message needs a body; RocketMQ has no empty messages')
    yield { ...common, body: Buffer.from(text) }
    return
  }
  const input = flags.file === undefined || flags.file === '-' ? process.stdin : readFile(flags.file)
  if (input === process.stdin && process.stdin.isTTY) {
    process.stderr.write('Type one message a line; Ctrl-D ends.\n')
  }
  if (flags['input-json']) {
    yield* jsonLines(common, input)
    return
  }
  for await (const { keys, tags, queueId, body, properties } of inputRecords(input, flags.format)) {
    // Brokers refuse empty messages; blank lines are common in what people pipe.
    if (body.length === 0) continue
    yield {
      ...common,
      body,
      properties: new Map([...common.properties, ...properties]),
      ...(keys === undefined ? {} : { keys }),
      ...(tags === undefined ? {} : { tags }),
      ...(queueId === undefined ? {} : { queueId })
    }
  }
}

type Common = Omit<OutgoingMessage, 'body' | 'properties'> & { readonly properties: ReadonlyMap<string, string> }

const commonOf = (topic: string, flags: ProduceFlags): Common => {
  const properties = new Map<string, string>()
  for (const text of flags.property ?? []) {
    const at = text.indexOf('=')
    if (at < 1) throw new MqError('MQ_USAGE', `-H ${JSON.stringify(text)} is not of the form name=value`)
    properties.set(text.slice(0, at), text.slice(at + 1))
  }
  return {
    topic,
    properties,
    ...(flags.key === undefined ? {} : { keys: flags.key.join(' ') }),
    ...(flags.tag === undefined ? {} : { tags: flags.tag }),
    ...(flags.queue === undefined ? {} : { queueId: flags.queue }),
    ...(flags.broker === undefined ? {} : { brokerName: flags.broker }),
    ...(flags['delay-level'] === undefined ? {} : { delayLevel: flags['delay-level'] })
  }
}

async function* readFile(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const part of createReadStream(path)) yield part as Buffer
  } catch (error) {
    throw new MqError('MQ_USAGE', `the file ${path} cannot be read: ${errorText(error)}`, { cause: error })
  }
}

/** What senders and brokers set by themselves; a copy of a message must not carry it. */
const setOnTheWay = new Set([
  'UNIQ_KEY',
  'WAIT',
  'MSG_REGION',
  'TRACE_ON',
  'CLUSTER',
  'MIN_OFFSET',
  'MAX_OFFSET',
  'DELAY'
])

async function* jsonLines(common: Common, input: AsyncIterable<Buffer>): AsyncGenerator<OutgoingMessage> {
  let line = 0
  for await (const text of createInterface({ input: input as NodeJS.ReadableStream & AsyncIterable<Buffer> })) {
    line++
    if (text.trim() !== '') yield fromJson(common, text, line)
  }
}

const fromJson = (common: Common, text: string, line: number): OutgoingMessage => {
  const wrong = (why: string): MqError => new MqError('MQ_USAGE', `line ${line} of the input ${why}`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw wrong(`is no JSON: ${errorText(error)}`)
  }
  if (typeof value !== 'object' || value === null) throw wrong('is no JSON object')
  const { body, bodyEncoding, keys, tags, properties } = value as Record<string, unknown>
  if (typeof body !== 'string') throw wrong('has no "body" of text')
  const own = typeof properties === 'object' && properties !== null ? Object.entries(properties) : []
  const kept = own.filter(([name, entry]) => typeof entry === 'string' && !setOnTheWay.has(name))
  return {
    ...common,
    body: Buffer.from(body, bodyEncoding === 'base64' ? 'base64' : 'utf8'),
    properties: new Map([...common.properties, ...(kept as [string, string][])]),
    ...(typeof keys === 'string' ? { keys } : {}),
    ...(typeof tags === 'string' ? { tags } : {})
  }
}
