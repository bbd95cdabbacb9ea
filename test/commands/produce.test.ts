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

  it('exits with 2 for wrong input and 4 for a queue that is not there', async () => {
    const cases: [args: string[], input: string, code: number][] = [
      [['x', '--delay-level', '19'], '', 2],
      [[''], '', 2],
      [['x', '-H', 'novalue'], '', 2],
      [['-f', '%k only'], 'a', 2],
      [['--input-json'], '{"no":1}', 2],
      [['--file', '/no/such/file'], '', 2],
      [['x', '--queue', '9'], '', 4],
      [['x', '-n', '127.0.0.1:1'], '', 7]
    ]
    const runs = cases.map(async ([args, input]) => (await dev().run(['produce', 'orders', ...args], { input })).code)
    expect(await Promise.all(runs)).to.deep.equal(cases.map(([, , code]) => code))
  })
})
