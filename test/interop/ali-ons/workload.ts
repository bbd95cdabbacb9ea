/**
 * Scenarios of npm `ali-ons`, a process of their own that speaks as the Java workload does: a scenario's name comes in
 * as a line, facts go out as lines.
 */
import { createInterface } from 'node:readline'
import { Consumer, Message, Producer } from 'ali-ons'

const namesrv = process.argv[2]!
const prefix = 'N_'
const patienceMs = 40_000

const line = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}
const state = (fact: string, value: unknown): void => line({ fact, value })

const note = (...words: unknown[]): void => {
  process.stderr.write(`${words.join(' ')}\n`)
}
const options = {
  nameSrv: namesrv,
  httpclient: {
    request(): never {
      throw new Error('the NameServer is named: nothing is looked up over HTTP')
    }
  },
  logger: { debug: () => {}, info: note, warn: note, error: note }
}

const shown = (message: Message): object => ({
  topic: message.topic,
  queueId: message.queueId,
  queueOffset: Number(message.queueOffset),
  tags: message.tags,
  keys: message.keys,
  body: String(message.body),
  reconsumeTimes: message.reconsumeTimes,
  own: message.properties['own']
})

const byPlace = (messages: readonly Message[]): object[] =>
  [...messages].sort((a, b) => a.queueId - b.queueId || Number(a.queueOffset) - Number(b.queueOffset)).map(shown)

const until = async (what: string, done: () => boolean): Promise<void> => {
  const end = performance.now() + patienceMs
  while (!done()) {
    if (performance.now() > end) throw new Error(`no ${what} in ${patienceMs} ms`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const consumer = async (group: string, topic: string, tags: string, seen: Message[]): Promise<Consumer> => {
  const made = new Consumer({ ...options, consumerGroup: prefix + group, instanceName: `ali-${group}` })
  made.on('error', error => note(error.stack))
  made.subscribe(topic, tags, async message => {
    seen.push(message)
  })
  await made.ready()
  return made
}

const scenarios: Record<string, () => Promise<void>> = {
  /** A group reads all of a topic once, and after a restart only what is new; another reads one tag. */
  async produceAndConsume() {
    const topic = `${prefix}Messages`
    const producer = new Producer({ ...options, producerGroup: `${prefix}Producer` })
    await producer.ready()
    const statuses: string[] = []
    const perQueue = new Map<number, number>()
    const send = async (body: string, tags: string): Promise<void> => {
      const message = new Message(topic, tags, body)
      message.keys = [`key-${body}`]
      message.properties['own'] = 'grün'
      const result = await producer.send(message)
      statuses.push(result.sendStatus)
      perQueue.set(result.messageQueue.queueId, (perQueue.get(result.messageQueue.queueId) ?? 0) + 1)
    }
    for (let i = 0; i < 12; i++) await send(`m${i}`, i % 3 === 0 ? 'TagA' : 'TagB')
    state('statuses', statuses)
    state(
      'per queue',
      [...perQueue].sort((a, b) => a[0] - b[0])
    )
    const all: Message[] = []
    const onlyA: Message[] = []
    const first = await consumer('All', topic, '*', all)
    const filtered = await consumer('OnlyA', topic, 'TagA', onlyA)
    await until('12 messages', () => all.length >= 12)
    await until('4 messages of TagA', () => onlyA.length >= 4)
    state('all', all.map(message => String(message.body)).sort())
    state('a message', { ...shown(all.find(message => String(message.body) === 'm0')!), queueId: 0, queueOffset: 0 })
    state('only TagA', onlyA.map(message => String(message.body)).sort())
    state(
      'offsets',
      byPlace(all).map(message => (message as Message).queueOffset)
    )
    await first.close()
    await filtered.close()
    await send('late', 'TagA')
    const later: Message[] = []
    const second = await consumer('All', topic, '*', later)
    await until('the late message', () => later.length >= 1)
    state(
      'after a restart',
      later.map(message => String(message.body))
    )
    await second.close()
    await producer.close()
  }
}

for await (const name of createInterface({ input: process.stdin })) {
  try {
    await scenarios[name]!()
    line({ end: '' })
  } catch (error) {
    line({ end: (error as Error).stack })
  }
}
process.exit(0)
