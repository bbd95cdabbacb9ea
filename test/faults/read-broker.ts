/** Reads a broker back over the wire, in every way that clients have: by queue offset, by key, by message id. */
import type { Read, Send } from '../history/checkers.ts'
import type { RawClient } from '../support/raw-client.ts'
import { type RawMessage, rawMessages } from '../support/raw-message.ts'
import type { Seeded } from '../support/seeded.ts'
import type { ReadBack } from './read-store.ts'
import { identify, keyOf, queueCount, topic, uniqueKeyOf } from './traffic.ts'

const offsetOf = async (client: RawClient, code: 30 | 31, queueId: number): Promise<number> => {
  const answer = await client.ask(code, { topic, queueId })
  if (answer.code !== 0) throw new Error(`code ${code} of queue ${queueId}: ${answer.code} ${answer.remark}`)
  return Number(answer.fields.get('offset'))
}

const pullFields = (queueId: number, offset: number) => ({
  consumerGroup: 'fault-reader',
  topic,
  queueId,
  queueOffset: offset,
  maxMsgNums: 32,
  sysFlag: 4,
  commitOffset: 0,
  suspendTimeoutMillis: 0,
  subscription: '*',
  subVersion: 0,
  expressionType: 'TAG'
})

export const readBroker = async (client: RawClient): Promise<ReadBack> => {
  const reads: Read[] = []
  const messages: RawMessage[] = []
  const removedBelow = new Map<string, number>()
  for (let queueId = 0; queueId < queueCount; queueId++) {
    const queue = `${topic}/${queueId}`
    const end = await offsetOf(client, 30, queueId)
    let offset = await offsetOf(client, 31, queueId)
    removedBelow.set(queue, offset)
    while (offset < end) {
      const answer = await client.ask(11, pullFields(queueId, offset), undefined, 20_000)
      if (answer.code !== 0) throw new Error(`${queue}@${offset} of ${end}: ${answer.code} ${answer.remark}`)
      for (const message of rawMessages(answer.body)) {
        reads.push({ queue, offset: message.queueOffset, reader: 'pull', ...identify(message) })
        messages.push(message)
      }
      offset = Number(answer.fields.get('nextBeginOffset'))
    }
  }
  return { reads, messages, removedBelow }
}

const messageId = (physicalOffset: number, port: number): string =>
  `7F000001${port.toString(16).padStart(8, '0')}${physicalOffset.toString(16).padStart(16, '0')}`.toUpperCase()

/** What key, unique key and id give otherwise than the queues did. */
export const otherWaysOfBroker = async (
  client: RawClient,
  port: number,
  back: ReadBack,
  sends: readonly Send[],
  random: Seeded,
  samples: number
): Promise<string[]> => {
  const byId = new Map(back.messages.map(message => [identify(message).id, message]))
  const alive = sends.filter(send => byId.has(send.id))
  const chosen = new Set(alive.slice(-Math.floor(samples / 2)))
  while (chosen.size < Math.min(samples, alive.length)) chosen.add(random.pick(alive))
  const wrong: string[] = []
  const idsOf = (body: Buffer): string =>
    rawMessages(body)
      .map(message => identify(message).id)
      .join()
  for (const { id } of chosen) {
    const { physicalOffset } = byId.get(id)!
    const seen = await client.ask(33, { offset: physicalOffset, topic })
    if (seen.code !== 0 || idsOf(seen.body) !== id) {
      wrong.push(`by id ${messageId(physicalOffset, port)}: ${seen.code} ${seen.remark} ${idsOf(seen.body)}, not ${id}`)
    }
    for (const [key, unique] of [
      [keyOf(id), false],
      [uniqueKeyOf(id), true]
    ] as const) {
      const query = { topic, key, maxNum: 8, beginTimestamp: 0, endTimestamp: 9_999_999_999_999 }
      const found = await client.ask(12, unique ? { ...query, _UNIQUE_KEY_QUERY: true } : query)
      if (found.code !== 0 || idsOf(found.body) !== id) {
        wrong.push(`by key ${key}: ${found.code} ${found.remark} ${idsOf(found.body)}`)
      }
    }
  }
  return wrong.length > 5 ? [...wrong.slice(0, 5), `… and ${wrong.length - 5} more`] : wrong
}
