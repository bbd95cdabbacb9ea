import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { cluster } from '../support/mq.ts'

describe('mq produce', () => {
  const dev = cluster()

  before(async () => {
    await dev().run(['topic', 'create', 'orders', '--queues', '2'])
  })

  const read = async (topic: string): Promise<Record<string, unknown>[]> => {
    const { stdout } = await dev().run(['consume', topic, '-e', '--json'])
    return stdout
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line))
  }

  it('sends one message with key, tag and properties to a queue', async () => {
    const args = ['produce', 'orders', 'hello', '-k', 'a', '-k', 'b', '-t', 'paid', '-H', 'source=web', '--queue', '1']
    const { code, stdout } = await dev().run([...args, '--json'])
    expect(code).to.equal(0)
    expect(JSON.parse(stdout)).to.include({ topic: 'orders', queueId: 1, queueOffset: 0, status: 'SEND_OK' })
    const [message] = await read('orders')
    expect(message).to.include({ body: 'hello', keys: 'a b', tags: 'paid', queueId: 1 })
    expect(message!['properties']).to.include({ source: 'web' })
    expect((await dev().run(['produce', 'orders', 'again'])).stdout).to.match(
      /^sent to broker-a\/\d at offset \d+ {2}[0-9A-F]{32}\n$/
    )
  })

  it('takes a message a line from standard input, and from a file', async () => {
    await dev().run(['topic', 'create', 'lines', '--queues', '1'])
    const input = await dev().run(['produce', 'lines'], { input: 'one\ntwo\n\nthree' })
    expect(input.stdout.split('\n')).to.have.length(4)
    const file = join(dev().dataDir, 'input.txt')
    writeFileSync(file, 'four\n')
    await dev().run(['produce', 'lines', '--file', file, '--count', '2'])
    expect((await read('lines')).map(message => message['body'])).to.deep.equal(['one', 'two', 'three', 'four', 'four'])
  })

  it('gives back what consume wrote, by format and as JSON, bytes and all', async () => {
    await dev().run(['topic', 'create', 'source', '--queues', '1'])
    const body = Buffer.from([0, 10, 255, 13, 10, 37])
    await dev().run(['produce', 'source', '-f', '%V{be32}%v', '-k', 'k 1', '-t', 'T'], {
      input: Buffer.concat([Buffer.from([0, 0, 0, body.length]), body])
    })
    const written = await dev().run(['consume', 'source', '-e', '-f', '%K{hex16}%k %G{hex8}%g %V:%v{base64}|%o\n'])
    expect(written.stdout).to.equal(`0003k 1 01T 6:${body.toString('base64')}|0\n`)
    const json = await dev().run(['consume', 'source', '-e', '--json'])
    await dev().run(['topic', 'create', 'copy', '--queues', '1'])
    expect((await dev().run(['produce', 'copy', '--input-json'], { input: json.stdout })).code).to.equal(0)
    const [copy] = await read('copy')
    expect(copy).to.include({ body: body.toString('base64'), bodyEncoding: 'base64', keys: 'k 1', tags: 'T' })
  })

  it('makes an unknown topic where the broker allows it', async () => {
    expect((await dev().run(['produce', 'fresh', 'first'])).code).to.equal(0)
    expect(await read('fresh')).to.have.length(1)
  })

  it('delivers later with a delay level', async () => {
    await dev().run(['topic', 'create', 'later', '--queues', '1'])
    await dev().run(['produce', 'later', 'wait', '--delay-level', '1'])
    const { stdout } = await dev().run(['consume', 'later', '-N', '1', '--json'])
    const message = JSON.parse(stdout)
    expect(message.storedMs - message.bornMs).to.be.at.least(900)
  })

  it('takes a delay in words where a level waits so long, and names the nearest ones where none does', async () => {
    const { code, stdout } = await dev().run(['produce', 'later', 'a minute', '--delay', '1m', '--json'])
    expect(code).to.equal(0)
    expect(JSON.parse(stdout)).to.include({ topic: 'later', status: 'SEND_OK' })
    const none = await dev().run(['produce', 'later', 'x', '--delay', '7s'])
    expect(none.code).to.equal(2)
    expect(none.stderr).to.contain('--delay 5s (level 2)').and.to.contain('--delay 10s (level 3)')
  })

  it('sends in batches, in order, and says so of each message', async () => {
    await dev().run(['topic', 'create', 'batched', '--queues', '1'])
    const input = Array.from({ length: 25 }, (_, at) => `m${at}\n`).join('')
    const args = ['produce', 'batched', '--batch', '10', '-t', 'T', '--acks-format', '%i %t/%p/%o %a %V{hex8}\n']
    const { code, stdout } = await dev().run(args, { input })
    expect(code).to.equal(0)
    expect(stdout.split('\n')[12]).to.equal('12 batched/0/12 SEND_OK 03')
    const all = await read('batched')
    expect(all.map(message => message['body'])).to.deep.equal(input.split('\n').slice(0, -1))
    expect(all.every(message => message['tags'] === 'T')).to.equal(true)
  })

  it('keeps messages of one sharding key in one queue, also in a copy', async () => {
    await dev().run(['topic', 'create', 'sharded', '--queues', '4'])
    await dev().run(['topic', 'create', 'sharded2', '--queues', '4'])
    for (const key of ['a', 'b', 'c']) {
      await dev().run(['produce', 'sharded', '--sharding-key', key, '-q'], { input: '1\n2\n3\n' })
    }
    const json = await dev().run(['consume', 'sharded', '-e', '--json'])
    await dev().run(['produce', 'sharded2', '--input-json', '--batch', '5'], { input: json.stdout })
    const queues = new Map<unknown, Set<unknown>>()
    for (const { properties, queueId } of await read('sharded2')) {
      const key = (properties as Record<string, string>)['__SHARDINGKEY']
      queues.set(key, (queues.get(key) ?? new Set()).add(queueId))
    }
    expect(Array.from(queues, ([key, ids]) => [key, ids.size]).sort()).to.deep.equal([
      ['a', 1],
      ['b', 1],
      ['c', 1]
    ])
  })

  it('sends one-way and at a rate, prints nothing with -q, and changes nothing with --dry-run', async () => {
    await dev().run(['topic', 'create', 'quiet', '--queues', '1'])
    const began = performance.now()
    const paced = await dev().run(['produce', 'quiet', 'x', '--count', '5', '--rate', '50/s', '-q', '--oneway'])
    expect(paced).to.deep.equal({ code: 0, stdout: '', stderr: '' })
    expect(performance.now() - began).to.be.at.least(79)
    const { stdout } = await dev().run(['consume', 'quiet', '-N', '5', '--json'])
    expect(stdout.split('\n')).to.have.length(6)
    const dry = await dev().run(['produce', 'quiet', '--dry-run', '--count', '2'], { input: 'a\nb\n' })
    expect(dry.stdout).to.equal('would send 4 messages to quiet; nothing was sent\n')
    expect(await read('quiet')).to.have.length(5)
  })

  it('loses nothing from consume -o json to produce --input-json, whatever the bytes', async () => {
    await dev().run(['topic', 'create', 'odd', '--queues', '1'])
    await dev().run(['topic', 'create', 'odd2', '--queues', '1'])
    const bodies = ['\u2028 \u2029 \u0085 \u000b', '\ufeffbom', '{"a": "b"}', ' ', Buffer.from([0, 255, 10, 13, 0xc3])]
    for (const body of bodies) {
      const bytes = Buffer.from(body as string)
      const size = Buffer.alloc(4)
      size.writeUInt32BE(bytes.length)
      const flags = ['-k', 'ключ', '-k', 'k2', '-t', 'tag é', '-H', 'a=b=c ', '-H', 'line=1\n2\u2028', '-H', 'q="\\']
      const input = Buffer.concat([size, bytes])
      expect((await dev().run(['produce', 'odd', '-f', '%V{be32}%v', ...flags], { input })).code).to.equal(0)
    }
    const json = await dev().run(['consume', 'odd', '-e', '--json'])
    expect((await dev().run(['produce', 'odd2', '--input-json'], { input: json.stdout })).code).to.equal(0)
    const [left, right] = await Promise.all([read('odd'), read('odd2')])
    const kept = ({ body, bodyEncoding, keys, tags, properties }: Record<string, unknown>): object => {
      const { UNIQ_KEY: _, ...own } = properties as Record<string, string>
      return { body, bodyEncoding, keys, tags, own }
    }
    expect(right).to.have.length(bodies.length)
    expect(right.map(kept)).to.deep.equal(left.map(kept))
  })

  it('compresses in every way, which no reader notices', async () => {
    await dev().run(['topic', 'create', 'squeezed', '--queues', '1'])
    const text = 'same again '.repeat(50)
    for (const type of ['zlib', 'lz4', 'zstd', 'zlib:9', 'zstd:3']) {
      expect((await dev().run(['produce', 'squeezed', text, '--compress', type])).code, type).to.equal(0)
    }
    const all = await read('squeezed')
    expect(all.map(({ body }) => body)).to.deep.equal(Array(5).fill(text))
    // The bit says compressed, and the type bits with what.
    expect(all.map(({ sysFlag }) => (sysFlag as number) & 0x701)).to.deep.equal([0x301, 0x101, 0x201, 0x301, 0x201])
    expect(all.every(({ storeSize }) => (storeSize as number) < text.length)).to.equal(true)
  })

  it('exits with 2 for wrong input and 4 for a queue that is not there', async () => {
    const cases: [args: string[], input: string, code: number][] = [
      [['x', '--delay-level', '19'], '', 2],
      [[''], '', 2],
      [['x', '-H', 'novalue'], '', 2],
      [['-f', '%k only'], 'a', 2],
      [['x', '--rate', '0'], '', 2],
      [['x', '--compress', 'gzip'], '', 2],
      [['x', '--compress', 'zlib:10'], '', 2],
      [['x', '--batch', '2', '--oneway'], '', 2],
      [['x', '--batch', '2', '--delay', '1s'], '', 2],
      [['x', '-H', 'TAGS=x'], '', 2],
      [['x', '--acks-format', '%v'], '', 2],
      [['--input-json'], '{"body":"a","properties":{"x":1}}', 2],
      [['--input-json'], '{"body":"*","bodyEncoding":"base64"}', 2],
      [['--input-json'], '{"no":1}', 2],
      [['--file', '/no/such/file'], '', 2],
      [['x', '--queue', '9'], '', 4],
      [['x', '-n', '127.0.0.1:1'], '', 7]
    ]
    const runs = cases.map(async ([args, input]) => (await dev().run(['produce', 'orders', ...args], { input })).code)
    expect(await Promise.all(runs)).to.deep.equal(cases.map(([, , code]) => code))
  })
})
