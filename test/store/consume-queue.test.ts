import { expect } from 'chai'
import { ConsumeQueue, TailBudget, TopicQueues } from '../../src/store/consume-queue.ts'
import { blockKey, queuePrefix } from '../../src/store/keys.ts'
import { encodeBlock, QueueBlock } from '../../src/store/queue-blocks.ts'
import { QueueTable } from '../../src/store/queue-table.ts'

const make = (budget = new TailBudget(1 << 20)): ConsumeQueue => new ConsumeQueue(new TopicQueues('T', 0), 0, 0, budget)
const push = (queue: ConsumeQueue, count: number, recentStart = 0): void => {
  for (let i = 0; i < count; i++) {
    const n = queue.next
    queue.push(n * 100, 100 + n, n % 65_536, n % 2 ? -n : 2 ** 50 + n, 1000 + n, recentStart)
  }
}

describe('consume queue in memory', () => {
  it('starts small and grows with its entries', () => {
    const budget = new TailBudget(1 << 20)
    const queue = make(budget)
    expect(queue.tailCapacity).to.equal(0)
    push(queue, 1)
    expect(queue.tailCapacity).to.equal(16)
    expect(budget.bytes).to.equal(16 * 32)
    push(queue, 99)
    for (const n of [0, 15, 16, 99]) {
      expect([
        queue.physicalAt(n),
        queue.sizeAt(n),
        queue.distanceAt(n),
        queue.tagsAt(n),
        queue.storeTimeAt(n)
      ]).to.deep.equal([n * 100, 100 + n, n, n % 2 ? -n : 2 ** 50 + n, 1000 + n])
    }
  })

  it('never drops what is not on disk, and drops the rest when messages are out of memory', () => {
    const queue = make()
    push(queue, 1000, Number.POSITIVE_INFINITY)
    expect(queue.tailStart).to.equal(0)
    queue.maxOffset = 1000
    queue.persisted = 900
    push(queue, 100, 50_000)
    expect(queue.tailStart).to.equal(500)
    expect(queue.physicalAt(1099)).to.equal(109_900)
    expect(queue.holds(499)).to.equal(false)
  })

  it('drops what is on disk when the budget of memory is spent', () => {
    const budget = new TailBudget(0)
    const queue = make(budget)
    push(queue, 16)
    queue.persisted = 16
    push(queue, 1)
    expect(queue.tailStart).to.equal(16)
    expect(queue.tailCapacity).to.equal(16)
  })

  it('gives memory back once all is on disk', () => {
    const budget = new TailBudget(1 << 20)
    const queue = make(budget)
    push(queue, 500)
    queue.shrink(1e9)
    expect(queue.tailCapacity).to.equal(512)
    queue.persisted = 500
    queue.shrink(1e9)
    expect(queue.tailCapacity).to.equal(16)
    expect(queue.physicalAt(499)).to.equal(49_900)
    expect(budget.bytes).to.equal(512)
    queue.release()
    expect(budget.bytes).to.equal(0)
  })

  it('10,000 topics of 4 queues with a message each fit in 80 MB', function () {
    this.timeout(30_000)
    const before = process.memoryUsage()
    const table = new QueueTable(new TailBudget(1 << 30))
    for (let i = 0; i < 10_000; i++) for (let q = 0; q < 4; q++) push(table.ensure(`Topic-${i}`, q), 1)
    const after = process.memoryUsage()
    const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
    expect(table.count).to.equal(40_000)
    expect(grown / 1e6).to.be.below(80)
  })
})

describe('blocks of a consume queue', () => {
  it('come back as they were, and not with a bit changed or under another key', () => {
    const queue = make()
    push(queue, 50)
    const prefix = queuePrefix(Buffer.from('T'), 0, 0)
    const key = blockKey(prefix, 10)
    const bytes = encodeBlock(key, queue, 10, 50)
    const block = QueueBlock.open(key, bytes)!
    expect([block.firstOffset, block.end, block.firstStoreTime, block.lastStoreTime]).to.deep.equal([
      10, 50, 1010, 1049
    ])
    for (const n of [10, 33, 49]) {
      expect([block.physicalAt(n), block.sizeAt(n), block.distanceAt(n), block.tagsAt(n)]).to.deep.equal([
        queue.physicalAt(n),
        queue.sizeAt(n),
        queue.distanceAt(n),
        queue.tagsAt(n)
      ])
    }
    expect(QueueBlock.open(blockKey(prefix, 11), bytes)).to.equal(undefined)
    expect(QueueBlock.open(key, bytes.subarray(0, -1))).to.equal(undefined)
    for (const at of [0, 2, 5, 9, 30, bytes.length - 1]) {
      const harmed = Buffer.from(bytes)
      harmed[at] = harmed[at]! ^ 4
      expect(QueueBlock.open(key, harmed), `byte ${at}`).to.equal(undefined)
    }
  })
})

describe('tables of queues at a segment start', () => {
  it('come back by name, without queues of deleted generations', () => {
    const table = new QueueTable(new TailBudget(1 << 20))
    push(table.ensure('A', 0), 3)
    push(table.ensure('A', 7), 5)
    push(table.ensure('Büro', 1), 9)
    const bytes = table.encodeStarts(table.snapshot(queue => queue.next))
    const other = new QueueTable(new TailBudget(1 << 20))
    other.generations.set('Büro', { generation: 1, since: 50 })
    const starts = other.decodeStarts(bytes, { create: true })
    expect(starts[other.find('A', 0)!.ordinal]).to.equal(3)
    expect(starts[other.find('A', 7)!.ordinal]).to.equal(5)
    expect(other.find('Büro', 1)).to.equal(undefined)
  })
})
