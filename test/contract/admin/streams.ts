/** What any implementation of the streams must do. */
import { expect } from 'chai'
import type { Admin } from '../../../src/admin/admin.ts'
import type { RowName } from '../../../src/admin/row-schemas.ts'
import { faultsOf } from '../../support/row-schema.ts'
import { type AdminWorld, codeOf } from '../admin.ts'

interface AnyEvent {
  readonly event: string
  readonly cursor?: string
  readonly data: unknown
}

/** Reads a stream in the background; each event must be what its schema says. */
class Reading {
  readonly #iterator: AsyncIterator<AnyEvent>
  readonly #row: RowName

  constructor(events: AsyncIterable<AnyEvent>, row: RowName) {
    this.#iterator = events[Symbol.asyncIterator]()
    this.#row = row
  }

  async next(): Promise<AnyEvent> {
    const { value, done } = await this.#iterator.next()
    expect(done, 'the stream goes on').to.not.equal(true)
    expect(faultsOf(this.#row, value), JSON.stringify(value)).to.equal(undefined)
    return value
  }

  /** The first event that is as wished; those before it are passed over. */
  async until(is: (event: AnyEvent) => boolean): Promise<AnyEvent> {
    for (;;) {
      const event = await this.next()
      if (is(event)) return event
    }
  }

  async ended(): Promise<boolean> {
    return (await this.#iterator.next()).done === true
  }

  async stop(): Promise<void> {
    await this.#iterator.return?.()
  }
}

const queues = { readQueueNums: 2, writeQueueNums: 2, perm: 6, order: false, attributes: {} }
const fresh = { existing: 'fail', wait: true } as const

export const streamsContract = (worldOf: () => AdminWorld): void => {
  const admin = (): Admin => worldOf().admin
  const newTopic = async (): Promise<string> => {
    const topic = worldOf().name('live')
    await admin().createTopic({ topic, ...queues }, fresh)
    return topic
  }
  const bodyOf = ({ data }: AnyEvent): unknown => (data as { readonly body?: string }).body

  describe('streams', () => {
    it('give messages as they are stored, from where they are opened', async () => {
      const topic = await newTopic()
      await admin().sendMessage({ topic, body: 'old' })
      const tail = new Reading(admin().tail({ topic }), 'TailEvent')
      expect((await tail.next()).data).to.deep.equal({ topic, queues: 2 })
      for (const body of ['a', 'b', 'c']) {
        await admin().sendMessage({ topic, body })
        const event = await tail.next()
        expect([event.event, bodyOf(event)]).to.deep.equal(['message', body])
      }
      await tail.stop()
      const whole = new Reading(admin().tail({ topic, from: 'start' }), 'TailEvent')
      const bodies: unknown[] = []
      while (bodies.length < 4) bodies.push(bodyOf(await whole.until(event => event.event === 'message')))
      expect(bodies.sort()).to.deep.equal(['a', 'b', 'c', 'old'])
      await whole.stop()
    })

    it('go on after the event whose cursor is given, or tell what was passed over', async () => {
      const topic = await newTopic()
      const first = new Reading(admin().tail({ topic }), 'TailEvent')
      await first.next()
      await admin().sendMessage({ topic, body: 'seen', tags: 'A' })
      const { cursor } = await first.next()
      await first.stop()
      await admin().sendMessage({ topic, body: 'missed', tags: 'A' })
      await admin().sendMessage({ topic, body: 'other', tags: 'B' })
      const second = new Reading(admin().tail({ topic, cursor, tags: 'A' }), 'TailEvent')
      expect(bodyOf(await second.until(event => event.event === 'message'))).to.equal('missed')
      await second.stop()
      const third = new Reading(admin().tail({ topic, cursor, skip: true }), 'TailEvent')
      const dropped = await third.next()
      expect([dropped.event, dropped.data]).to.deep.equal(['dropped', { count: 2 }])
      await third.until(event => event.event === 'begin')
      await admin().sendMessage({ topic, body: 'new' })
      expect(bodyOf(await third.next())).to.equal('new')
      await third.stop()
    })

    it('refuse what is not there, and cursors of others', async () => {
      const topic = await newTopic()
      const first = (events: AsyncIterable<unknown>): Promise<string> => codeOf(events[Symbol.asyncIterator]().next())
      expect(await first(admin().tail({ topic: 'nowhere' }))).to.equal('MQ_TOPIC_NOT_FOUND')
      for (const cursor of ['!', 'bnVsbA', Buffer.from('[["b",[-1]]]').toString('base64url')]) {
        expect(await first(admin().tail({ topic, cursor })), cursor).to.equal('MQ_USAGE')
      }
      expect(await first(admin().watchLag({ group: 'nobody-at-all' }))).to.equal('MQ_NOT_FOUND')
      expect(await first(admin().watchStats({ broker: 'nowhere' }))).to.equal('MQ_NOT_FOUND')
    })

    it('give lag and figures again and again, until they are told to stop', async () => {
      const topic = await newTopic()
      const group = worldOf().name('group')
      await admin().putGroup({ group }, { existing: 'fail' })
      await admin().sendMessage({ topic, body: 'a', queueId: 0 })
      await worldOf().commit(group, topic, 0, 0)
      const ending = new AbortController()
      const { signal } = ending
      const lag = new Reading(admin().watchLag({ group, intervalMs: 500, signal }), 'LagEvent')
      const before = await lag.next()
      expect((before.data as { lag: number }).lag).to.equal(1)
      await admin().sendMessage({ topic, body: 'b', queueId: 0 })
      await lag.until(event => (event.data as { lag: number }).lag === 2)
      const stats = new Reading(
        admin().watchStats({ broker: worldOf().brokerName, intervalMs: 500, signal }),
        'StatsEvent'
      )
      const looks = [await stats.next(), await stats.next()]
      for (const { event, data } of looks) {
        expect(event).to.equal('stats')
        expect((data as { brokers: { brokerName: string }[] }).brokers[0]!.brokerName).to.equal(worldOf().brokerName)
      }
      expect(Number(looks[1]!.cursor)).to.be.greaterThan(Number(looks[0]!.cursor))
      ending.abort()
      expect([await lag.ended(), await stats.ended()]).to.deep.equal([true, true])
    })
  })
}
