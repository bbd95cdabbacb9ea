import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { defaultOptions, type OptionSource } from '../../src/kit/options.ts'
import { parseProperties } from '../../src/kit/properties.ts'
import { LiveConfig } from '../../src/namesrv/live-config.ts'
import { namesrvOptionRows } from '../../src/namesrv/options.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

describe('the options of a running NameServer', () => {
  let dir: TempDir
  let path: string
  beforeEach(() => {
    dir = tempDir()
    path = join(dir.path, 'namesrv.properties')
  })
  afterEach(() => dir.remove())

  const open = (sources: Record<string, OptionSource> = {}, more = {}): Promise<LiveConfig> =>
    LiveConfig.open(path, { ...defaultOptions(namesrvOptionRows), ...more }, new Map(Object.entries(sources)))

  it('a change counts at once and after a restart', async () => {
    const config = await open()
    await config.update(parseProperties('enableTopicList=false'))
    await config.update(parseProperties('waitSecondsForService=7'))
    expect([config.get('enableTopicList'), config.get('waitSecondsForService')]).to.deep.equal([false, 7])
    const again = await open()
    expect([again.get('enableTopicList'), again.get('waitSecondsForService')]).to.deep.equal([false, 7])
  })

  it('what the operator configures wins over it', async () => {
    await (await open()).update(parseProperties('waitSecondsForService=7'))
    for (const source of ['flag', 'env', 'file'] as const) {
      const config = await open({ waitSecondsForService: source }, { waitSecondsForService: 9 })
      expect(config.get('waitSecondsForService'), source).to.equal(9)
    }
  })

  it('only hot keys are taken from the file of changes', async () => {
    writeFileSync(path, 'listenPort=1\nconfigStorePath=/x\nenableTopicList=false\n')
    const config = await open()
    expect([config.get('listenPort'), config.get('enableTopicList')]).to.deep.equal([9876, false])
  })

  it('a wrong value in the file of changes stops the start', async () => {
    writeFileSync(path, 'enableTopicList=perhaps\n')
    expect(await open().catch((error: { code: string }) => error.code)).to.equal('MQ_CONFIG_INVALID')
  })

  it('concurrent changes are all kept', async () => {
    const config = await open()
    const texts = ['enableTopicList=false', 'orderMessageEnable=true', 'listenPort=3', 'supportActingMaster=true']
    const done = await Promise.allSettled(texts.map(text => config.update(parseProperties(text))))
    expect(done.map(({ status }) => status)).to.deep.equal(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    const again = await open()
    expect([
      again.get('enableTopicList'),
      again.get('orderMessageEnable'),
      again.get('supportActingMaster')
    ]).to.deep.equal([false, true, true])
  })
})
