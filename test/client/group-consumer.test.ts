import { expect } from 'chai'
import { consumeGroup } from '../../src/client/group-consumer.ts'
import { Producer } from '../../src/client/producer.ts'
import { committedOffset, minOffset } from '../../src/client/queue-offsets.ts'
import type { ReceivedMessage } from '../../src/client/received-message.ts'
import { readableQueues } from '../../src/client/routes.ts'
import { Session } from '../../src/client/session.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { eventually } from '../support/eventually.ts'
import { cluster } from '../support/mq.ts'
import { silentLog } from '../support/silent-log.ts'

describe('group consumer', () => {
  const dev = cluster()
  const sessions: Session[] = []

  const session = (): Session => {
    const made = new Session({ namesrv: [dev().namesrv], timeoutMs: 5000, clock: systemClock, log: silentLog() })
    // Two members of one process start in the same millisecond, which two processes never do.
    Object.assign(made, { clientId: `${made.clientId}#${sessions.length}` })
    sessions.push(made)
    return made
  }
  after(() => Promise.all(sessions.map(entry => entry.close())))

  const member = (group: string, topic: string, stopAtEnd = false) => {
    const own = session()
    const controller = new AbortController()
    const got: ReceivedMessage[] = []
    const start = (place: Parameters<typeof minOffset>[1]): Promise<number> => minOffset(own, place)
    const settings = { group, topics: [topic], tags: '*', start, stopAtEnd, signal: controller.signal }
    const ended = (async () => {
      for await (const message of consumeGroup(own, settings)) got.push(message)
    })()
    return { got, ended, stop: () => controller.abort() }
  }

  it('shares the queues among members, each message to one, and hands over when one leaves', async function () {
    this.timeout(60_000)
    await dev().run(['topic', 'create', 'shared', '--queues', '4'])
    const producer = new Producer(session())
    const send = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at++)
        await producer.send({ topic: 'shared', body: Buffer.from(String(at)), queueId: at % 4 })
    }
    const one = member('sharing', 'shared')
    const two = member('sharing', 'shared')
    const all = (): number[] => [...one.got, ...two.got].map(message => Number(message.body))
    // Until both have settled, a queue may still be with the first: messages go out until each member has its two.
    let sent = 0
    const queuesOf = (got: readonly ReceivedMessage[], since: number): Set<number> =>
      new Set(got.filter(message => Number(message.body) >= since).map(message => message.queueId))
    await eventually(async () => {
      const since = sent
      await send(sent, sent + 8)
      sent += 8
      await eventually(() => new Set(all()).size === sent, 'all that was sent')
      return queuesOf(one.got, since).size === 2 && queuesOf(two.got, since).size === 2
    }, 'two queues for each')
    two.stop()
    await two.ended
    await send(sent, sent + 8)
    sent += 8
    await eventually(() => new Set(all()).size === sent, 'the rest goes to the one that is left')
    one.stop()
    await one.ended
    const asking = session()
    const places = readableQueues('shared', await asking.routes.of('shared'))
    const committed = await Promise.all(places.map(place => committedOffset(asking, place, 'sharing')))
    expect(committed.reduce((sum: number, offset) => sum + (offset ?? 0), 0)).to.equal(sent)
  })

  it('gives a message again that was not taken before the end', async function () {
    this.timeout(30_000)
    await dev().run(['topic', 'create', 'again', '--queues', '1'])
    await dev().run(['produce', 'again'], { input: 'a\nb\nc\n' })
    const own = session()
    const start = (place: Parameters<typeof minOffset>[1]): Promise<number> => minOffset(own, place)
    const settings = { group: 'quitters', topics: ['again'], tags: '*', start, stopAtEnd: false }
    for await (const message of consumeGroup(own, { ...settings, signal: new AbortController().signal })) {
      // Leaving in the middle of the second says that it was not done.
      if (message.body.toString() === 'b') break
    }
    const rest = member('quitters', 'again', true)
    await rest.ended
    expect(rest.got.map(message => message.body.toString())).to.deep.equal(['b', 'c'])
  })
})
