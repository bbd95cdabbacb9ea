/** 100,000 messages through a producer and a push consumer, with their broker in one process: the heap does not grow. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { type Dev, Producer, PushConsumer, startDev } from '../../src/index.ts'
import { eventually } from '../support/eventually.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** MiB, after a collection. */
const heapUsed = (): number => {
  collect()
  return Math.round(process.memoryUsage().heapUsed / 1024 / 1024)
}

describe('client library, memory', function () {
  this.timeout(120_000)
  let dev: Dev
  before(async () => {
    dev = await startDev()
  })
  after(() => dev.stop())

  it('100,000 messages leave no memory behind', async () => {
    const { namesrvAddr } = dev
    const topic = 'many'
    const count = 100_000
    const producer = await Producer.open({ namesrvAddr })
    await producer.send({ topic, body: Buffer.from('makes the topic') })
    let got = 0
    const handler = (): number => got++
    const topics = { [topic]: '*' }
    const consumer = await PushConsumer.open({ namesrvAddr, group: 'many', topics, concurrency: 64, handler })
    const batch = Array.from({ length: 1000 }, () => ({ topic, body: Buffer.alloc(100, 'x') }))
    const heaps: number[] = []
    for (let sent = 0; sent < count; sent += 1000) {
      await producer.sendBatch(batch)
      await eventually(() => got >= sent - 3000, 'the consumer to follow', 30_000)
      if (sent % 20_000 === 0) heaps.push(heapUsed())
    }
    await eventually(() => got >= count, 'all', 30_000)
    heaps.push(heapUsed())
    await Promise.all([producer.close(), consumer.close()])
    // The first rounds fill caches that have bounds.
    const [, early] = heaps
    expect(heaps.at(-1)! - early!, `MiB: ${heaps.join(' ')}`).to.be.lessThan(12)
  })
})
