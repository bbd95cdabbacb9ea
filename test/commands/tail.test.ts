import { expect } from 'chai'
import { cluster } from '../support/mq.ts'

describe('mq tail', () => {
  const dev = cluster()

  before(async () => {
    for (const topic of ['orders', 'bills']) await dev().run(['topic', 'create', topic, '--queues', '2'])
    await dev().run(['produce', 'orders', 'old'])
  })

  /** Sends until the reader has what it waits for: whether it looks before or after a send, it must get one. */
  const until = async <T>(reading: Promise<T>, ...sends: string[][]): Promise<T> => {
    let done = false
    const finished = reading.finally(() => {
      done = true
    })
    while (!done) for (const args of sends) await dev().run(['produce', ...args, '-q'])
    return finished
  }

  it('shows what comes from now on, in several topics, in a line for people', async () => {
    const reading = dev().run(['tail', 'orders', 'bills', '-N', '12'])
    const { code, stdout } = await until(reading, ['orders', 'new', '-t', 'T'], ['bills', 'due', '-k', 'k'])
    expect(code).to.equal(0)
    expect(stdout).not.to.contain('old')
    const lines = stdout.split('\n').slice(0, -1)
    expect(lines).to.have.length(12)
    expect(lines[0]).to.match(/^\d\d:\d\d:\d\d\.\d{3} {2}broker-a\/\d\/\d+ {2}(\[T\] {2}new|k {2}due)$/)
  })

  it('filters by tag and text, and prints JSON lines and formats', async () => {
    const sends = [
      ['orders', 'one two', '-t', 'A'],
      ['orders', 'one', '-t', 'B']
    ]
    const json = await until(dev().run(['tail', 'orders', '--grep', 'two', '-N', '2', '--json']), ...sends)
    for (const line of json.stdout.split('\n').slice(0, -1)) {
      expect(JSON.parse(line)).to.include({ topic: 'orders', body: 'one two', tags: 'A' })
    }
    const plain = await until(dev().run(['tail', 'orders', '--tags', 'B', '-N', '2', '-f', '%i %v\\n']), ...sends)
    expect(plain.stdout).to.equal('0 one\n1 one\n')
  })

  it('ends with 130 on Ctrl-C', async () => {
    let signalled = false
    const reading = dev().run(['tail', 'orders'], {
      onStdout: (_text, child) => {
        if (!signalled) signalled = child.kill('SIGINT')
      }
    })
    expect((await until(reading, ['orders', 'x'])).code).to.equal(130)
  })

  it('exits with 2, 4 and 7 as it should', async () => {
    const cases: [args: string[], code: number][] = [
      [['orders', '--grep', '('], 2],
      [['orders', '-f', '%q'], 2],
      [['nothing'], 4],
      [['orders', '-n', '127.0.0.1:1'], 7]
    ]
    for (const [args, code] of cases) expect((await dev().run(['tail', ...args])).code, args.join(' ')).to.equal(code)
  })
})
