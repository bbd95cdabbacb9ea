import { expect } from 'chai'
import { MetaWriter } from '../../../src/broker/meta-writer.ts'
import type { BrokerOptions } from '../../../src/broker/options.ts'
import { topicDefaults } from '../../../src/broker/topics/system-topics.ts'
import { openTopics, type Topics } from '../../../src/broker/topics/topics.ts'
import { settingsOf } from '../../support/broker.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { memoryMeta } from '../../support/memory-meta.ts'
import { silentLog } from '../../support/silent-log.ts'

describe('topics', () => {
  let meta = memoryMeta()
  const open = (options: Partial<BrokerOptions> = {}): Promise<Topics> =>
    openTopics({
      meta,
      writer: new MetaWriter(meta),
      clock: manualClock(),
      log: silentLog(),
      options: settingsOf(options).values
    })
  const config = (topicName: string) => ({ topicName, ...topicDefaults })

  beforeEach(() => {
    meta = memoryMeta()
  })

  it('makes a topic of a send from the default topic', async () => {
    const topics = await open()
    const made = await topics.forSend('T', 'TBW102', 4, 2)
    expect(made).to.deep.include({ topicName: 'T', readQueueNums: 4, writeQueueNums: 4, perm: 6, topicSysFlag: 2 })
    expect(await topics.forSend('U', 'TBW102', 99, 0)).to.deep.include({ writeQueueNums: 8 })
    expect(await topics.forSend('T', 'TBW102', 1, 0), 'the topic that is there').to.equal(topics.get('T'))
  })

  it('makes none from a default topic that is not there, may not be inherited from, or is switched off', async () => {
    const topics = await open()
    await topics.put(config('Plain'))
    expect(await topics.forSend('T', 'Nowhere', 4, 0)).to.equal(undefined)
    expect(await topics.forSend('T', 'Plain', 4, 0)).to.equal(undefined)
    expect(await topics.forSend('a b', 'TBW102', 4, 0)).to.equal(undefined)
    const closed = await open({ autoCreateTopicEnable: false })
    expect(closed.get('TBW102')).to.equal(undefined)
    expect(await closed.forSend('T', 'TBW102', 4, 0)).to.equal(undefined)
  })

  it('answers sends that come meanwhile with the one topic, once it is durable', async () => {
    const topics = await open()
    const release = meta.hold()
    const sends = [topics.forSend('T', 'TBW102', 4, 0), topics.forSend('T', 'TBW102', 8, 0)]
    expect(topics.get('T'), 'not seen before it is durable').to.equal(undefined)
    release()
    const [one, other] = await Promise.all(sends)
    expect(one).to.equal(other)
    expect(one?.writeQueueNums).to.equal(4)
    expect(meta.batches).to.have.length(1)
  })

  it('shows no topic that could not be written', async () => {
    const topics = await open()
    const before = topics.dataVersion
    meta.failure = new Error('no space')
    let message = ''
    await topics.put(config('T')).catch((error: Error) => {
      message = error.message
    })
    expect(message).to.equal('no space')
    expect(topics.get('T')).to.equal(undefined)
    expect(topics.dataVersion).to.equal(before)
    await topics.forSend('T', 'TBW102', 4, 0).catch(() => undefined)
    meta.failure = undefined
    expect(await topics.forSend('T', 'TBW102', 4, 0)).not.to.equal(undefined)
  })

  it('loads what was written, with its version', async () => {
    const topics = await open()
    await topics.put({ ...config('T'), attributes: { 'message.type': 'FIFO' } })
    await topics.put(config('U'))
    await topics.delete('U')
    const again = await open()
    expect(again.get('T')).to.deep.equal(topics.get('T'))
    expect(again.get('U')).to.equal(undefined)
    expect(again.dataVersion).to.deep.equal(topics.dataVersion)
    expect(again.dataVersion.counter).to.equal(3)
  })

  it('refuses to start on a row that does not read', async () => {
    await meta.write([{ table: 'topic', key: 'T', value: '{' }])
    let code: unknown
    await open().catch((error: { code: unknown }) => {
      code = error.code
    })
    expect(code).to.equal('MQ_STORE_CORRUPT')
  })

  it('tells the announcer of each change, and answers `put` after it', async () => {
    const topics = await open()
    let announced = 0
    let let_go: () => void = () => {}
    topics.announceWith(() => {
      announced++
      return new Promise(resolve => {
        let_go = resolve
      })
    })
    let done = false
    const put = topics.put(config('T')).then(() => {
      done = true
    })
    while (announced === 0) await new Promise(resolve => setImmediate(resolve))
    expect(done).to.equal(false)
    let_go()
    await put
    await topics.forSend('U', 'TBW102', 4, 0)
    expect(announced).to.equal(2)
  })

  it('keeps within its bound', async () => {
    const topics = await open({ topicCountMax: 17 })
    expect(await topics.forSend('T1', 'TBW102', 4, 0)).not.to.equal(undefined)
    const both = await Promise.all([topics.forSend('T2', 'TBW102', 4, 0), topics.forSend('T3', 'TBW102', 4, 0)])
    expect(both.filter(made => made !== undefined)).to.have.length(1)
    let code: unknown
    await topics.put(config('T4')).catch((error: { code: unknown }) => {
      code = error.code
    })
    expect(code).to.equal('MQ_NOT_PERMITTED')
    await topics.put({ ...config('T1'), perm: 4 })
    expect(topics.get('T1')?.perm).to.equal(4)
  })

  it('makes retry topics, and follows the order of what their group subscribes', async () => {
    const topics = await open()
    expect(await topics.forSendBack('%RETRY%G', 1, 6, 0)).to.deep.include({ writeQueueNums: 1, order: false })
    expect(await topics.forSendBack('%RETRY%G', 1, 6, 0, true)).to.deep.include({ order: true })
    expect(await topics.forSendBack('%RETRY%G', 1, 6, 0)).to.deep.include({ order: true })
  })
})
