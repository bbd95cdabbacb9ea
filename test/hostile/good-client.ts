/**
 * A well-behaved client in a process of its own: sends and pulls at a fixed pace on one old connection. The parent asks
 * for figures with `{ phase }`; the answer holds the latencies since the last question, and every error.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { RawClient } from '../support/raw-client.ts'
import { propertyText, rawMessages } from '../support/raw-message.ts'

export interface GoodFigures {
  readonly operations: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  readonly errors: string[]
}

const topic = 'GoodTopic'
const pauseMs = 4
const client = await RawClient.connect(Number(process.env['PORT']))
let latencies: number[] = []
let errors: string[] = []
let number = 0
const offsets = [0, 0, 0, 0]

const timed = async <T>(work: () => Promise<T>): Promise<T> => {
  const started = performance.now()
  const result = await work()
  latencies.push(performance.now() - started)
  return result
}

const send = async (): Promise<void> => {
  const mine = number++
  const properties = propertyText({ UNIQ_KEY: `GOOD${mine}`, TAGS: 'Good' })
  const header = { a: 'good', b: topic, c: 'TBW102', d: 4, e: mine % 4, f: 0, g: Date.now(), h: 0, i: properties }
  const { code, remark } = await timed(() => client.ask(310, header, Buffer.from(`good ${mine}`)))
  if (code !== 0) errors.push(`send ${mine}: ${code} ${remark}`)
}

const pull = async (): Promise<void> => {
  const queueId = number % 4
  const header = {
    consumerGroup: 'good-group',
    topic,
    queueId,
    queueOffset: offsets[queueId]!,
    maxMsgNums: 32,
    sysFlag: 4,
    commitOffset: 0,
    suspendTimeoutMillis: 0,
    subscription: '*',
    subVersion: 0
  }
  const { code, remark, body, fields } = await timed(() => client.ask(11, header))
  if (code === 0) {
    for (const message of rawMessages(body)) {
      if (!message.body.toString().startsWith('good ')) errors.push(`pull: not a message of mine in queue ${queueId}`)
    }
    offsets[queueId] = Number(fields.get('nextBeginOffset'))
  } else if (code !== 19) errors.push(`pull of ${queueId}@${offsets[queueId]}: ${code} ${remark}`)
}

process.on('message', () => {
  const sorted = latencies.toSorted((left, right) => left - right)
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
  const figures: GoodFigures = {
    operations: sorted.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    errors: errors.slice(0, 20)
  }
  latencies = []
  errors = []
  process.send?.(figures)
})

client.closed.then(() => errors.push('the connection was closed'))
process.send?.('ready')
for (;;) {
  try {
    await send()
    await pull()
  } catch (error) {
    errors.push(String(error))
    if (errors.length > 1_000) process.exit(1)
  }
  await pause(pauseMs)
}
