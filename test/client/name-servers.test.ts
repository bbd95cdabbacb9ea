import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { type NameServerOptions, nameServerSource, openNameServers } from '../../src/client/name-servers.ts'
import { type Dev, Producer, startDev } from '../../src/index.ts'
import { eventually } from '../support/eventually.ts'
import { manualClock } from '../support/manual-clock.ts'
import { silentLog } from '../support/silent-log.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

describe('the four ways to a NameServer', function () {
  this.timeout(60_000)
  let dev: Dev
  let dir: TempDir
  let http: Server
  let domain: string
  let answer: { status: number; text: string }
  const asked: string[] = []

  before(async () => {
    dev = await startDev()
    dir = tempDir()
    http = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(answer.status).end(answer.text)
    })
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
    domain = `127.0.0.1:${(http.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    answer = { status: 200, text: `${dev.namesrvAddr}\n` }
    asked.length = 0
  })
  after(async () => {
    await new Promise(resolve => http.close(resolve))
    await dev.stop()
    dir.remove()
  })

  const sends = async (options: NameServerOptions): Promise<void> => {
    const producer = await Producer.open(options)
    try {
      const receipt = await producer.send({ topic: 'four-ways', body: Buffer.from('found') })
      expect(receipt.status).to.equal('SEND_OK')
    } finally {
      await producer.close()
    }
  }

  it('in code, before all others; a dead one in the list does no harm', async () => {
    const namesrvAddr = `127.0.0.1:1;${dev.namesrvAddr}`
    await sends({
      namesrvAddr,
      properties: { 'rocketmq.namesrv.domain': domain },
      env: { NAMESRV_ADDR: '127.0.0.1:2' }
    })
    expect(asked, 'an address server that is not needed').to.deep.equal([])
    await sends({ namesrvAddr: ['127.0.0.1:1', dev.namesrvAddr], env: {} })
  })

  it('by a key of a properties file, before the environment', async () => {
    const configFile = join(dir.path, 'client.properties')
    writeFileSync(configFile, `# where they are\nrocketmq.namesrv.addr = ${dev.namesrvAddr}\n`)
    await sends({ configFile, env: { NAMESRV_ADDR: '127.0.0.1:2' } })
    expect(() => nameServerSource({ configFile: join(dir.path, 'none') })).to.throw('cannot be read')
  })

  it('by the environment, before an address server', async () => {
    await sends({ env: { NAMESRV_ADDR: dev.namesrvAddr }, properties: { 'rocketmq.namesrv.domain': domain } })
    expect(asked).to.deep.equal([])
  })

  it('from an address server, at the path that Java asks', async () => {
    await sends({ properties: { 'rocketmq.namesrv.domain': domain }, env: {} })
    expect(asked).to.deep.equal(['/rocketmq/nsaddr'])
    const source = nameServerSource({ properties: { 'rocketmq.namesrv.domain': 'ns.example' }, env: {} })
    expect(source).to.deep.equal({ from: 'address server', url: 'http://ns.example:8080/rocketmq/nsaddr' })
  })

  it('asks the address server every two minutes; what it cannot use changes nothing', async () => {
    const clock = manualClock()
    const log = silentLog()
    answer = { status: 200, text: '10.0.0.1:9876;10.0.0.2:9876' }
    const source = nameServerSource({ properties: { 'rocketmq.namesrv.domain': domain }, env: {} })
    const servers = await openNameServers(source, { clock, log })
    expect(servers.addresses).to.deep.equal(['10.0.0.1:9876', '10.0.0.2:9876'])
    answer = { status: 200, text: '10.0.0.3:9876' }
    clock.advance(119_999)
    expect(asked).to.have.length(1)
    clock.advance(1)
    await eventually(() => servers.addresses.join() === '10.0.0.3:9876', 'the new address')
    for (const bad of [
      { status: 500, text: '10.0.0.4:9876' },
      { status: 200, text: '<html>' }
    ]) {
      answer = bad
      const { length } = log.lines
      clock.advance(120_000)
      await eventually(() => log.lines.length > length, 'a word about it')
      expect(servers.addresses).to.deep.equal(['10.0.0.3:9876'])
    }
    servers.close()
    expect(clock.waiting).to.equal(0)
  })

  it('says so when there is none', () => {
    expect(() => nameServerSource({ env: {} })).to.throw('no NameServer is known')
  })
})
