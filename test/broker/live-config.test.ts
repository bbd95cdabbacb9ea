import { expect } from 'chai'
import { LiveConfig } from '../../src/broker/live-config.ts'
import { MetaWriter } from '../../src/broker/meta-writer.ts'
import { type BrokerOptions, brokerOptionRows } from '../../src/broker/options.ts'
import { type OptionSources, readOptions } from '../../src/kit/options.ts'
import { parseProperties } from '../../src/kit/properties.ts'
import { manualClock } from '../support/manual-clock.ts'
import { memoryMeta } from '../support/memory-meta.ts'
import { silentLog } from '../support/silent-log.ts'

describe('live config', () => {
  let meta = memoryMeta()
  let log = silentLog()

  beforeEach(() => {
    meta = memoryMeta()
    log = silentLog()
  })

  const open = async (from: OptionSources = {}): Promise<{ config: LiveConfig; options: BrokerOptions }> => {
    const { values: options, sources } = readOptions(brokerOptionRows, from)
    const parts = { meta, writer: new MetaWriter(meta), clock: manualClock(), log, options, sources }
    return { config: await LiveConfig.open(parts), options }
  }
  const file = (text: string): OptionSources => ({ file: { path: 'broker.conf', text } })
  const change = (config: LiveConfig, text: string) => config.update(parseProperties(text), 'a test')

  it('keeps changes over restarts, over the default and the file that was', async () => {
    const first = await open(file('fileReservedTime=48'))
    await change(first.config, 'fileReservedTime=10\nmaxMessageSize=1000')
    expect(first.options).to.deep.include({ fileReservedTime: 10, maxMessageSize: 1000 })
    const second = await open(file('fileReservedTime=48'))
    expect(second.options).to.deep.include({ fileReservedTime: 10, maxMessageSize: 1000 })
  })

  it('lets a flag, a variable and a changed file win, and says so', async () => {
    const { config } = await open(file('fileReservedTime=48'))
    await change(config, 'fileReservedTime=10\nlogLevel=debug')
    expect((await open(file('fileReservedTime=24'))).options.fileReservedTime).to.equal(24)
    expect((await open({ flags: { fileReservedTime: 48 } })).options.fileReservedTime).to.equal(48)
    expect((await open({ env: { MQ_LOG_LEVEL: 'warn' } })).options.logLevel).to.equal('warn')
    expect(log.lines.filter(line => line.level === 'warn').length).to.be.greaterThan(2)
    expect((await open()).options.logLevel).to.equal('debug')
  })

  it('keeps nothing of an option that is back at what is configured', async () => {
    const { config } = await open()
    await change(config, 'fileReservedTime=10')
    await change(config, 'fileReservedTime=72')
    expect([...(await meta.rows('config')).keys()]).to.deep.equal([])
  })

  it('changes nothing when the change cannot be kept', async () => {
    const { config, options } = await open()
    meta.failure = new Error('no space')
    let message = ''
    await change(config, 'fileReservedTime=10').catch((error: Error) => {
      message = error.message
    })
    expect(message).to.equal('no space')
    expect(options.fileReservedTime).to.equal(72)
    expect(config.dataVersion.counter).to.equal(0)
  })

  it('tells listeners what changed, and the log from what to what and by whom', async () => {
    const { config } = await open()
    const heard: string[][] = []
    config.onChange(changed => heard.push([...changed]))
    await change(config, 'fileReservedTime=10\ntraceOn=false')
    expect(heard).to.deep.equal([['fileReservedTime', 'traceOn']])
    expect(config.dataVersion.counter).to.equal(1)
    expect(log.lines.map(line => line.fields)).to.deep.include({
      key: 'fileReservedTime',
      before: 72,
      after: 10,
      by: 'a test'
    })
  })
})
