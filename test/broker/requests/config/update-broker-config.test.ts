import { expect } from 'chai'
import { brokerOptionRows } from '../../../../src/broker/options.ts'
import { parseProperties } from '../../../../src/kit/properties.ts'
import { getBrokerConfig } from '../../../../src/protocol/requests/get-broker-config.ts'
import { sendMessageV2 } from '../../../../src/protocol/requests/send-message-v2.ts'
import { updateBrokerConfig } from '../../../../src/protocol/requests/update-broker-config.ts'
import { sharedBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'

describe('UPDATE_BROKER_CONFIG', () => {
  const broker = sharedBroker({ options: { fileReservedTime: 48 } })

  const update = (text: string) => broker().ask(updateBrokerConfig, {}, Buffer.from(text))
  const all = async (): Promise<Map<string, string>> => {
    const answer = await broker().ask(getBrokerConfig, {})
    return new Map(parseProperties(answer.body.toString()).map(({ key, value }) => [key, value]))
  }

  it('changes hot options at once and for good', async () => {
    expect((await update('fileReservedTime=71\ndeleteWhen=02;03\n')).code).to.equal(0)
    const check = async () => {
      const values = await all()
      expect([values.get('fileReservedTime'), values.get('deleteWhen')]).to.deep.equal(['71', '02;03'])
    }
    await check()
    await broker().restart()
    await check()
    expect(broker().broker.options.fileReservedTime).to.equal(71)
  })

  it('lets a configuration file win that says something new', async () => {
    await update('fileReservedTime=71\n')
    await broker().restart({ fileReservedTime: 24 })
    expect((await all()).get('fileReservedTime')).to.equal('24')
  })

  it('is in force for the next request', async () => {
    await broker().makeTopic('TSize', 1)
    await update('maxMessageSize=100\n')
    const header = { a: 'P', b: 'TSize', c: 'TBW102', d: 4, e: 0, f: 0, g: 1, h: 0 }
    expect((await broker().ask(sendMessageV2, header, Buffer.alloc(101))).code).to.equal(13)
    await update('maxMessageSize=4194304\n')
    expect((await broker().ask(sendMessageV2, header, Buffer.alloc(101))).code).to.equal(0)
  })

  it('reaches the store: sends stop below the free space that is asked for, and go on above it', async () => {
    await broker().makeTopic('TDisk', 1)
    const header = { a: 'P', b: 'TDisk', c: 'TBW102', d: 4, e: 0, f: 0, g: 1, h: 0 }
    const code = async () => (await broker().ask(sendMessageV2, header, Buffer.from('m'))).code
    const before = (await all()).get('diskSpaceFreeBytesMin')
    await update(`diskSpaceFreeBytesMin=${2 ** 50}`)
    await eventually(async () => (await code()) === 14, 'sends are refused')
    await update(`diskSpaceFreeBytesMin=${before}`)
    await eventually(async () => (await code()) === 0, 'sends are taken again')
  })

  const attacks: readonly (readonly [what: string, text: string])[] = [
    ['a path', 'storePathRootDir=/tmp/elsewhere'],
    ['a home directory', 'rocketmqHome=/tmp/x'],
    ['filter servers', 'filterServerNums=1'],
    ['the configuration file', 'brokerConfigPath=/etc/passwd'],
    ['the blacklist', 'configBlackList='],
    ['an address', 'bindAddress=0.0.0.0'],
    ['a NameServer', 'namesrvAddr=evil:9876'],
    ['the switch for open doors', 'insecure=true'],
    ['an unknown key', 'noSuchKey=1'],
    ['a prototype', '__proto__=1'],
    ['a prototype of a prototype', 'constructor.prototype.x=1'],
    ['a newline in a number', 'fileReservedTime=71\\u000a'],
    ['a newline in a text', 'deleteWhen=04\\nbrokerName\\=x'],
    ['text for a number', 'fileReservedTime=many'],
    ['NaN', 'fileReservedTime=NaN'],
    ['a negative number', 'fileReservedTime=-1'],
    ['a number too large', 'brokerPermission=8'],
    ['a value of 1 MiB', `deleteWhen=${'0'.repeat(1 << 20)}`],
    ['hours that do not exist', 'deleteWhen=25'],
    ['a level that does not exist', 'logLevel=loud'],
    ['one good key before a bad one', 'maxMessageSize=5\nstorePathRootDir=/x']
  ]
  for (const [what, text] of attacks) {
    it(`refuses ${what}, and changes nothing`, async () => {
      const before = await all()
      const answer = await update(text)
      expect(answer.code).to.be.oneOf([16, 29])
      expect(answer.remark).to.match(/\S+ \S+/)
      expect(await all()).to.deep.equal(before)
    })
  }

  it('allows no key that names a path, an address, an identity or a credential', () => {
    const hot = brokerOptionRows.filter(row => 'hot' in row && row.hot === true).map(row => row.key)
    expect(hot.length).to.be.greaterThan(10)
    for (const key of hot)
      expect(key).not.to.match(/path|dir|addr|bind|port|ip\d|host|name$|role|secret|key|auth|insecure/i)
  })

  it('takes a request without properties', async () => {
    expect((await update('')).code).to.equal(0)
    expect((await update('# nothing\n')).code).to.equal(0)
  })
})
