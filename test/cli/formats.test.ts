import { expect } from 'chai'
import { inputRecords } from '../../src/cli/input-format.ts'
import { messageFormat } from '../../src/cli/message-format.ts'
import type { ReceivedMessage } from '../../src/client/received-message.ts'
import { MqError } from '../../src/kit/errors.ts'

const message = (more: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  topic: 'orders',
  brokerName: 'broker-a',
  queueId: 3,
  queueOffset: 42,
  physicalOffset: 1000,
  messageId: 'AB01',
  offsetMessageId: 'CD02',
  body: Buffer.from('hello'),
  properties: new Map([
    ['KEYS', 'k1 k2'],
    ['TAGS', 'paid'],
    ['UNIQ_KEY', 'AB01']
  ]),
  flag: 0,
  sysFlag: 5,
  bornTimestamp: Date.parse('2026-11-24T10:20:30.456Z'),
  storeTimestamp: Date.parse('2026-11-24T10:20:31.789Z'),
  bornHost: '10.0.0.1:50000',
  storeHost: '10.0.0.2:10911',
  reconsumeTimes: 2,
  storeSize: 300,
  ...more
})

const written = (format: string, more: Partial<ReceivedMessage> = {}): string =>
  messageFormat(format)(message(more), 7).toString('latin1')

describe('message format', () => {
  it('writes every letter', () => {
    expect(written('%t %T %k %K %g %G %v %V %H')).to.equal('orders 6 k1 k2 5 paid 4 hello 5 3')
    expect(written('%p %b %o %c %m %M %r %s %a %B %S %x %i')).to.equal(
      '3 broker-a 42 1000 AB01 CD02 2 300 5 10.0.0.1:50000 10.0.0.2:10911 AB01 7'
    )
    expect(written('%%%{%}\\n\\t\\x41\\\\')).to.equal('%{}\n\tA\\')
  })

  it('writes values and numbers in other forms', () => {
    expect(written('%v{hex} %v{base64} %v{json}')).to.equal('68656c6c6f aGVsbG8= "hello"')
    expect(written('%V{be16}%V{le32}%V{hex16}')).to.equal('\0\x05\x05\0\0\x000005')
    expect(written('%d %d{unix} %D{ms} %D{strftime[%F %T.%L}%%]}')).to.equal(
      '2026-11-24T10:20:31.789Z 1795515631 1795515630456 2026-11-24 10:20:30.456}%'
    )
  })

  it('loops over properties', () => {
    expect(written('%h{%k=%V:%v;}')).to.equal('KEYS=5:k1 k2;TAGS=4:paid;UNIQ_KEY=4:AB01;')
  })

  it('leaves bytes as they are', () => {
    const body = Buffer.from([0, 255, 128, 10])
    expect(messageFormat('%v')(message({ body }), 0)).to.deep.equal(body)
    expect(messageFormat('ü%v')(message({ body }), 0)).to.deep.equal(Buffer.concat([Buffer.from('ü'), body]))
  })

  for (const format of ['%q', '%', '%v{nope}', '%h', '%h{%q}', '%v{hex', '\\q', '\\x4', '%p{be7}', '%d{day}']) {
    it(`refuses ${format}`, () => {
      expect(() => messageFormat(format))
        .to.throw(MqError)
        .with.property('code', 'MQ_USAGE')
    })
  }
})

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const read = async (format: string, input: string | Buffer, size = 3): Promise<object[]> => {
  const records: object[] = []
  const bytes = Buffer.from(input as string)
  for await (const { body, properties, ...rest } of inputRecords(chunks(bytes, size), format)) {
    records.push({
      ...rest,
      body: body.toString('latin1'),
      ...(properties.size > 0 ? { properties: [...properties] } : {})
    })
  }
  return records
}

describe('input format', () => {
  it('takes lines, the last one with or without its end', async () => {
    const expected = [{ body: 'one' }, { body: '' }, { body: 'two' }]
    expect(await read('%v\\n', 'one\n\ntwo')).to.deep.equal(expected)
    expect(await read('%v\\n', 'one\n\ntwo\n')).to.deep.equal(expected)
    expect(await read('%v\\n', '')).to.deep.equal([])
  })

  it('takes values by delimiters and by sizes, however the bytes come', async () => {
    for (const size of [1, 2, 7, 100]) {
      expect(await read('%k|%g|%v\\n', 'k1|t1|a\nk2||b\n', size)).to.deep.equal([
        { keys: 'k1', tags: 't1', body: 'a' },
        { keys: 'k2', tags: '', body: 'b' }
      ])
      expect(await read('%V{be16}%v', Buffer.from('\0\x02a\n\0\x00\0\x01c', 'latin1'), size)).to.deep.equal([
        { body: 'a\n' },
        { body: '' },
        { body: 'c' }
      ])
      expect(await read('%p %V:%v;', '12 3:a;b;', size)).to.deep.equal([{ queueId: 12, body: 'a;b' }])
    }
  })

  it('reads back what the message format wrote', async () => {
    const format = '%t %K{be16}%k%G{hex8}%g%H:%h{%K{le16}%k%V{le16}%v}%V{be32}%v%o\\n'
    const bytes = Buffer.concat([messageFormat(format)(message(), 0), messageFormat(format)(message(), 1)])
    const one = { keys: 'k1 k2', tags: 'paid', body: 'hello', properties: [...message().properties] }
    expect(await read(format, bytes)).to.deep.equal([one, one])
  })

  it('reads back every form of values and numbers, binary bodies too', async () => {
    const body = Buffer.from([0, 255, 10, 0x22, 0x5c, 13])
    const text = { ...message(), body: Buffer.from('a"\\\n\u2028 }') }
    const forms: [format: string, body: Buffer][] = [
      ['%v{hex}\\n', body],
      ['%v{base64}|%k{hex};', body],
      ['%V{be32}%v{base64}%K{le16}%k{base64}', body],
      ['%V{hex32}%v{hex}', body],
      ['%v{json}%g{json}\\n', text.body],
      ['%c{be64}%p{hex8}%V{le64}%v', body]
    ]
    for (const [format, expected] of forms) {
      const bytes = Buffer.concat([0, 1].map(at => messageFormat(format)(message({ body: expected }), at)))
      for (const size of [1, 5, 1000]) {
        const records = (await read(format, bytes, size)) as { body: string; keys?: string }[]
        expect(records, format).to.have.length(2)
        for (const record of records) {
          expect(record.body, format).to.equal(expected.toString('latin1'))
          if (format.includes('%k')) expect(record.keys).to.equal('k1 k2')
        }
      }
    }
  })

  const wrong: [format: string, input: string][] = [
    ['%v{hex}\\n', 'xyz\n'],
    ['%v{base64}\\n', 'a\n'],
    ['%v{json}\\n', '{}\n'],
    ['%v{json}\\n', '"\\q"\n'],
    ['%v{nope}', 'a'],
    ['%k\\n', 'a\n'],
    ['%h{%k=%v}%v', 'a'],
    ['%v%k', 'ab'],
    ['%V{be7}%v', 'a'],
    ['a%v\\n', 'b\n'],
    ['%V %v', 'x y'],
    ['%V{be32}%v', '\xff\xff\xff\xffa'],
    ['%V{be16}%v', '\0\x05ab'],
    ['%p %v\\n', 'x y\n']
  ]
  for (const [format, input] of wrong) {
    it(`refuses ${JSON.stringify(input)} as ${format}`, async () => {
      const failure = await read(format, Buffer.from(input, 'latin1')).catch(error => error)
      expect(failure).to.be.instanceOf(MqError).with.property('code', 'MQ_USAGE')
    })
  }
})
