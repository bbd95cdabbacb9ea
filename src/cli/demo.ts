/** The round trip that `npm start` shows: a topic, a few messages, and a consumer group that gets them. */
import { remotingAdmin } from '../admin/remoting-admin.ts'
import { consumeGroup } from '../client/group-consumer.ts'
import { Producer } from '../client/producer.ts'
import { minOffset } from '../client/queue-offsets.ts'
import { Session } from '../client/session.ts'
import { systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'

const topic = 'demo'
const group = 'demo-group'
const texts = ['Hello from mq', 'A message with a tag', 'A message with a key']
const patienceMs = 15_000

/** Sends, receives and tells each step by `say`. Rejects when what was sent does not come back. */
export const demo = async (namesrv: string, say: (line: string) => void): Promise<void> => {
  const silent = (): void => {}
  const log: Logger = { debug: silent, info: silent, warn: silent, error: silent }
  const session = new Session({ namesrv: [namesrv], timeoutMs: 5000, clock: systemClock, log })
  try {
    await makeTopic(session, say)
    const sent = await sendAll(session, say)
    await receive(session, sent, say)
  } finally {
    await session.close()
  }
}

const makeTopic = async (session: Session, say: (line: string) => void): Promise<void> => {
  const spec = { topic, readQueueNums: 4, writeQueueNums: 4, perm: 6, order: false, attributes: {} }
  const { outcome, brokers } = await remotingAdmin(session).createTopic(spec, { existing: 'keep', wait: true })
  say(`topic    ${topic} ${outcome === 'kept' ? 'is there' : 'created'} on ${brokers.join(', ')} with 4 queues`)
}

const sendAll = async (session: Session, say: (line: string) => void): Promise<Set<string>> => {
  const producer = new Producer(session, { group: 'MQ_CLI_PRODUCER' })
  const sent = new Set<string>()
  for (const [at, text] of texts.entries()) {
    const extra = at === 1 ? { tags: 'greeting' } : at === 2 ? { keys: 'demo-42' } : {}
    const { brokerName, queueId, queueOffset, messageId } = await producer.send({
      topic,
      body: Buffer.from(text),
      ...extra
    })
    sent.add(messageId)
    say(`sent     ${`${brokerName}/${queueId}/${queueOffset}`.padEnd(16)} ${text}`)
  }
  return sent
}

/** Reads until all of this run have come; what an earlier run left behind comes too. */
const receive = async (session: Session, sent: Set<string>, say: (line: string) => void): Promise<void> => {
  const controller = new AbortController()
  const timer = systemClock.after(patienceMs, () => controller.abort())
  const settings = { group, topics: [topic], tags: '*', stopAtEnd: false, signal: controller.signal }
  const start = (place: Parameters<typeof minOffset>[1]): Promise<number> => minOffset(session, place)
  for await (const message of consumeGroup(session, { ...settings, start })) {
    const { brokerName, queueId, queueOffset, messageId, body } = message
    say(`received ${`${brokerName}/${queueId}/${queueOffset}`.padEnd(16)} ${body.toString()}`)
    sent.delete(messageId)
    if (sent.size === 0) controller.abort()
  }
  timer.cancel()
  if (sent.size > 0) {
    throw new MqError(
      'MQ_TIMEOUT',
      `${sent.size} of the demo's messages did not come back within ${patienceMs / 1000} s`
    )
  }
}
