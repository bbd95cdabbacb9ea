import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { KvConfig } from '../../src/namesrv/kv-config.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

describe('values by namespace and key', () => {
  let dir: TempDir
  let path: string
  beforeEach(() => {
    dir = tempDir()
    path = join(dir.path, 'kvConfig.json')
  })
  afterEach(() => dir.remove())

  it('outlive the process', async () => {
    const kv = await KvConfig.open(path)
    await Promise.all(Array.from({ length: 30 }, (_, i) => kv.put('ns', `k${i}`, `v${i}`)))
    await kv.delete('ns', 'k7')
    const again = await KvConfig.open(path)
    expect(again.list('ns')?.size).to.equal(29)
    expect(again.get('ns', 'k29')).to.equal('v29')
    expect(again.get('ns', 'k7')).to.equal(undefined)
  })

  it('read the file that Apache’s NameServer wrote', async () => {
    writeFileSync(path, '{"configTable":{"ORDER_TOPIC_CONFIG":{"TOrder":"broker-a:4;broker-b:4"}}}')
    expect((await KvConfig.open(path)).get('ORDER_TOPIC_CONFIG', 'TOrder')).to.equal('broker-a:4;broker-b:4')
  })

  it('a file that is no such table stops the start, and is left alone', async () => {
    for (const text of ['{"configTable":', '[]', '{"configTable":{"ns":7}}']) {
      writeFileSync(path, text)
      const error = await KvConfig.open(path).catch((thrown: { code: string }) => thrown)
      expect(error).to.have.property('code', 'MQ_CONFIG_INVALID')
      expect(readFileSync(path, 'utf8')).to.equal(text)
    }
  })

  it('a change that cannot be made durable is not seen, and the next one works again', async () => {
    const kv = await KvConfig.open(path)
    await kv.put('ns', 'k', 'old')
    mkdirSync(`${path}.new`)
    const code = await kv.put('ns', 'k', 'new').catch((error: { code: string }) => error.code)
    expect(code).to.equal('MQ_STORE_UNAVAILABLE')
    expect(kv.get('ns', 'k')).to.equal('old')
    rmSync(`${path}.new`, { recursive: true })
    await kv.put('ns', 'k', 'newer')
    expect(kv.get('ns', 'k')).to.equal('newer')
  })

  it('have a bound', async () => {
    const kv = await KvConfig.open(path)
    const code = await kv.put('ns', 'k', 'x'.repeat(5_000_000)).catch((error: { code: string }) => error.code)
    expect(code).to.equal('MQ_TOO_BUSY')
    expect(kv.list('ns')).to.equal(undefined)
  })
})
