import { expect } from 'chai'
import { cluster, hasEscapes } from '../support/mq.ts'

describe('mq consume', () => {
  const dev = cluster()

  before(async () => {
    await dev().run(['topic', 'create', 'orders', '--queues', '1'])
    await dev().run(['produce', 'orders', '-t', 'even'], { input: '0\n2\n4\n6\n8\n' })
    await dev().run(['produce', 'orders', '-t', 'odd'], { input: '1\n3\n5\n7\n9\n' })
  })

  const bodies = async (...flags: string[]): Promise<string[]> => {
    const { code, stdout, stderr } = await dev().run(['consume', 'orders', ...flags])
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
    return stdout.split('\n').slice(0, -1)
  }

  it('reads ranges of offsets', async () => {
    const all = ['0', '2', '4', '6', '8', '1', '3', '5', '7', '9']
    const ranges: [flags: string[], expected: string[]][] = [
      [['-e'], all],
      [['-O', ':end'], all],
      [
        ['-O', '-2', '-e'],
        ['7', '9']
      ],
      [
        ['-O', '+8', '-e'],
        ['7', '9']
      ],
      [
        ['-O', '3:5'],
        ['6', '8']
      ],
      [
        ['-O', ':2'],
        ['0', '2']
      ],
      [['-O', '9', '-e'], ['9']],
      [['-O', 'end', '-e'], []],
      [
        ['-N', '3'],
        ['0', '2', '4']
      ],
      [['-O', '@-1h', '-e'], all],
      [['-O', '@-2h:-1h'], []]
    ]
    const read = await Promise.all(ranges.map(([flags]) => bodies(...flags)))
    expect(read).to.deep.equal(ranges.map(([, expected]) => expected))
  })

  it('filters by tag', async () => {
    expect(await bodies('-e', '--tags', 'odd')).to.deep.equal(['1', '3', '5', '7', '9'])
    expect(await bodies('-e', '--tags', 'even || odd')).to.have.length(10)
  })

  it('prints in a format, without colours off a terminal', async () => {
    expect(await bodies('-N', '1', '-f', '%t %b/%p/%o [%g] %v%%\\n')).to.deep.equal(['orders broker-a/0/0 [even] 0%'])
    const { stdout } = await dev().run(['consume', 'orders', '-N', '2', '-f', 'pretty'])
    expect(hasEscapes(stdout)).to.equal(false)
    expect(stdout.split('\n')[0]).to.match(/^\d\d:\d\d:\d\d\.\d{3} {2}broker-a\/0\/0 {2}\[even\] {2}0$/)
  })

  it('waits for messages that come later', async () => {
    const waiting = dev().run(['consume', 'orders', '-O', 'end', '-N', '1'])
    // Whether it is sent before or after the reader looks, the reader must get it or be waiting: so it is sent until it comes.
    let done = false
    const finished = waiting.then(result => {
      done = true
      return result
    })
    while (!done) await dev().run(['produce', 'orders', 'late', '-t', 'late'])
    expect((await finished).stdout).to.equal('late\n')
  })

  it('goes on with a group where the group stopped', async () => {
    const group = ['-g', 'billing', '--tags', 'even || odd']
    expect(await bodies(...group, '-N', '4')).to.deep.equal(['0', '2', '4', '6'])
    expect(await bodies(...group, '-e')).to.deep.equal(['8', '1', '3', '5', '7', '9'])
    expect(await bodies(...group, '-e')).to.deep.equal([])
    expect(await bodies('-e', '-N', '10')).to.have.length(10)
  })

  it('ends with 130 on Ctrl-C, after it has left the group', async () => {
    const args = ['consume', 'orders', '-g', 'interrupted']
    let signalled = false
    const { code, stdout } = await dev().run(args, {
      onStdout: (text, child) => {
        if (!signalled && text.includes('9\n')) signalled = child.kill('SIGINT')
      }
    })
    expect(code).to.equal(130)
    expect(stdout).to.contain('9\n')
    expect(await bodies('-g', 'interrupted', '-e', '--tags', 'even || odd')).to.deep.equal([])
  })

  it('reads several topics at once', async () => {
    await dev().run(['topic', 'create', 'second', '--queues', '1'])
    await dev().run(['produce', 'second', 'two'])
    const { stdout } = await dev().run(['consume', 'orders', 'second', '-O', '-1', '-e', '-f', '%t\\n'])
    expect(stdout.split('\n').sort()).to.deep.equal(['', 'orders', 'second'])
  })

  it('exits with 2, 4 and 7 as it should', async () => {
    const cases: [args: string[], code: number][] = [
      [['orders', '-O', 'middle'], 2],
      [['orders', '-f', '%q'], 2],
      [['orders', '-g', 'x', '--queue', '0'], 2],
      [['orders', '--queue', '7', '-e'], 4],
      [['orders', '-n', '127.0.0.1:1'], 7]
    ]
    const codes = await Promise.all(cases.map(async ([args]) => (await dev().run(['consume', ...args])).code))
    expect(codes).to.deep.equal(cases.map(([, code]) => code))
    const missing = await dev().run(['consume', 'order', '--json'])
    expect(missing.code).to.equal(4)
    expect(JSON.parse(missing.stdout).suggestions[0]).to.equal('did you mean orders?')
  })
})
