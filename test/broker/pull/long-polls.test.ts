import { expect } from 'chai'
import type { HeldPull } from '../../../src/broker/parts.ts'
import { createLongPolls } from '../../../src/broker/pull/long-polls.ts'
import type { Peer } from '../../../src/remoting/peer.ts'
import type { QueueView, ReadableListener } from '../../../src/store/contract.ts'
import { manualClock } from '../../support/manual-clock.ts'

/** A connection, as far as held pulls know it. */
class TestPeer {
  closed = false
  readonly listeners: (() => void)[] = []

  onClose(listener: () => void): void {
    this.listeners.push(listener)
  }

  close(): void {
    this.closed = true
    for (const listener of this.listeners) listener()
  }
}

const setUp = (heldMax = 100) => {
  const clock = manualClock()
  let listener: ReadableListener = () => {}
  const ends = new Map<string, number>()
  const store = {
    maxOffset: (topic: string, queueId: number) => ends.get(`${topic} ${queueId}`) ?? 0,
    onReadable: (added: ReadableListener) => {
      listener = added
    }
  }
  const polls = createLongPolls({ store, clock }, { heldMax })
  /** A group commit that makes a queue longer by messages with these tag codes. */
  const grow = (topic: string, queueId: number, codes: readonly (number | undefined)[]): void => {
    const from = store.maxOffset(topic, queueId)
    ends.set(`${topic} ${queueId}`, from + codes.length)
    const view: QueueView = {
      topic,
      queueId,
      minOffset: 0,
      maxOffset: from + codes.length,
      tagsCodeAt: at => codes[at - from]
    }
    listener(view, from, from + codes.length)
  }
  return { clock, polls, grow, ends }
}

const pullBy = (peer: TestPeer, code?: number): HeldPull & { readonly woken: boolean[] } => {
  const woken: boolean[] = []
  return {
    peer: peer as unknown as Peer,
    woken,
    matches: tagsCode => code === undefined || tagsCode === code,
    wake: last => void woken.push(last)
  }
}

describe('long polls', () => {
  it('wake once per commit, and only whom a message interests', () => {
    const { polls, grow } = setUp()
    const peer = new TestPeer()
    const [all, mine, other] = [pullBy(peer), pullBy(peer, 7), pullBy(peer, 8)] as const
    for (const pull of [all, mine, other]) expect(polls.hold('T', 0, 0, 1000, pull)).to.equal(true)
    polls.hold('T', 1, 0, 1000, other)
    grow('T', 0, [1, 2, 7])
    expect([all.woken, mine.woken, other.woken]).to.deep.equal([[false], [false], []])
    expect(polls.held).to.equal(2)
  })

  it('take an entry that is no longer in memory as interesting', () => {
    const { polls, grow } = setUp()
    const pull = pullBy(new TestPeer(), 7)
    polls.hold('T', 0, 0, 1000, pull)
    grow('T', 0, [undefined])
    expect(pull.woken).to.deep.equal([false])
  })

  it('do not wake for messages below the offset that is waited for', () => {
    const { polls, grow } = setUp()
    const pull = pullBy(new TestPeer())
    polls.hold('T', 0, 5, 1000, pull)
    grow('T', 0, [1, 1])
    expect(pull.woken).to.deep.equal([])
    grow('T', 0, [1, 1, 1, 1])
    expect(pull.woken).to.deep.equal([false])
  })

  it('wake at once when the queue has grown in the meantime', () => {
    const { polls, ends } = setUp()
    ends.set('T 0', 3)
    const pull = pullBy(new TestPeer())
    expect(polls.hold('T', 0, 2, 1000, pull)).to.equal(true)
    expect(pull.woken).to.deep.equal([false])
    expect(polls.held).to.equal(0)
  })

  it('answer at the deadline, and sweep every 5 s', () => {
    const { polls, clock, ends } = setUp()
    const peer = new TestPeer()
    const [short, long] = [pullBy(peer), pullBy(peer)] as const
    polls.hold('T', 0, 1, 3000, short)
    polls.hold('T', 0, 1, 60_000, long)
    clock.advance(2999)
    expect(short.woken).to.deep.equal([])
    clock.advance(1001)
    expect(short.woken).to.deep.equal([true])
    ends.set('T 0', 2)
    clock.advance(2000)
    expect(long.woken).to.deep.equal([false])
  })

  it('forget what a closed connection waited for, and listen to each connection once', () => {
    const { polls, grow } = setUp()
    const peer = new TestPeer()
    const pulls = [pullBy(peer), pullBy(peer)]
    for (const pull of pulls) polls.hold('T', 0, 0, 1000, pull)
    expect(peer.listeners).to.have.length(1)
    peer.close()
    expect(polls.held).to.equal(0)
    grow('T', 0, [1])
    expect(pulls.map(({ woken }) => woken)).to.deep.equal([[], []])
    polls.hold('T', 0, 1, 1000, pullBy(peer))
    expect(polls.held, 'of a connection that is gone').to.equal(0)
  })

  it('refuse above their limit, and all at the end', () => {
    const { polls, clock } = setUp(2)
    const peer = new TestPeer()
    const pulls = [pullBy(peer), pullBy(peer), pullBy(peer)]
    expect(pulls.map(pull => polls.hold('T', 0, 0, 1000, pull))).to.deep.equal([true, true, false])
    polls.close()
    expect(pulls.map(({ woken }) => woken)).to.deep.equal([[true], [true], []])
    expect(polls.hold('T', 0, 0, 1000, pulls[2]!)).to.equal(false)
    expect(clock.waiting, 'timers left').to.equal(0)
  })
})
