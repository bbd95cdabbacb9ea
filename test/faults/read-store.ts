/** Opens a store after a fault and reads it in every way that there is: by queue offset, key, unique key, and id. */
import { systemClock } from '../../src/kit/clock.ts'
import type { MessageStore } from '../../src/store/contract.ts'
import { openStore } from '../../src/store/message-store.ts'
import type { StoreOptions } from '../../src/store/options.ts'
import type { Read, Send } from '../history/checkers.ts'
import { type RawMessage, rawMessages } from '../support/raw-message.ts'
import type { Seeded } from '../support/seeded.ts'
import { identify, keyOf, queueCount, topic, uniqueKeyOf } from './traffic.ts'

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export const openAgain = (options: StoreOptions): Promise<MessageStore> =>
  openStore(options, { clock: systemClock, log: quiet })

export interface ReadBack {
  readonly reads: Read[]
  readonly messages: readonly RawMessage[]
  /** First offset of each queue that is still there. */
  readonly removedBelow: Map<string, number>
}

const limits = { messagesMax: 64, bytesMax: 1024 * 1024 }

/** Every message of every queue, from its first offset to its end. */
export const readAll = async (store: MessageStore): Promise<ReadBack> => {
  const back: ReadBack & { messages: RawMessage[] } = { reads: [], messages: [], removedBelow: new Map() }
  for (let queueId = 0; queueId < queueCount; queueId++) {
    const queue = `${topic}/${queueId}`
    const end = store.maxOffset(topic, queueId)
    let offset = store.minOffset(topic, queueId)
    back.removedBelow.set(queue, offset)
    while (offset < end) {
      const result = await store.read(topic, queueId, offset, limits)
      if (result.status !== 'FOUND') throw new Error(`${queue}@${offset} of ${end}: ${result.status}`)
      for (const message of rawMessages(result.messages)) {
        if (message.topic !== topic || message.queueId !== queueId) {
          throw new Error(`${queue}@${offset} gave a message of ${message.topic}/${message.queueId}`)
        }
        back.reads.push({ queue, offset: message.queueOffset, reader: 'offset', ...identify(message) })
        back.messages.push(message)
      }
      offset = result.nextOffset
    }
  }
  return back
}

const everAfter = { beginMs: 0, endMs: 9_999_999_999_999, messagesMax: 8 }

/** What reading by key, unique key and physical offset says otherwise than reading by queue offset. */
export const otherWays = async (
  store: MessageStore,
  back: ReadBack,
  sends: readonly Send[],
  random: Seeded,
  samples: number
): Promise<string[]> => {
  const wrong: string[] = []
  const byId = new Map<string, RawMessage>()
  for (const message of back.messages) byId.set(identify(message).id, message)
  const alive = sends.filter(send => byId.has(send.id))
  const chosen = new Set<Send>(alive.slice(-Math.floor(samples / 2)))
  while (chosen.size < Math.min(samples, alive.length)) chosen.add(random.pick(alive))
  for (const send of chosen) {
    const expected = byId.get(send.id)!
    const at = await store.messageAt(expected.physicalOffset)
    const found = at === undefined ? undefined : identify(rawMessages(at)[0]!)
    if (found?.id !== send.id || found.digest !== send.digest) {
      wrong.push(`by id: ${send.id} at ${expected.physicalOffset} gave ${found?.id ?? 'nothing'}`)
    }
    for (const [kind, key] of [
      ['K', keyOf(send.id)],
      ['U', uniqueKeyOf(send.id)]
    ] as const) {
      const { messages } = await store.query({ topic, key, kind, ...everAfter })
      const ids = messages.map(bytes => identify(rawMessages(bytes)[0]!).id)
      if (ids.length !== 1 || ids[0] !== send.id) {
        wrong.push(`by key ${key} (${kind}): ${ids.length === 0 ? 'nothing' : ids.join()}`)
      }
    }
  }
  return wrong.length > 5 ? [...wrong.slice(0, 5), `… and ${wrong.length - 5} more`] : wrong
}
