import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { cluster, hasEscapes } from '../support/mq.ts'
import { tempDir } from '../support/temp-dir.ts'

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

  it('filters by key, body and property', async () => {
    await dev().run(['topic', 'create', 'mixed', '--queues', '1'])
    await dev().run(['produce', 'mixed', 'alpha', '-k', 'order-1', '-H', 'kind=web.shop'])
    await dev().run(['produce', 'mixed', 'beta', '-k', 'x', '-k', 'order-22'])
    await dev().run(['produce', 'mixed', 'gamma', '-H', 'kind=phone'])
    const cases: [flags: string[], expected: string][] = [
      [['--key', 'order-?'], 'alpha\n'],
      [['--key', 'order-*'], 'alpha\nbeta\n'],
      [['--grep', '^.a.ma$'], 'gamma\n'],
      [['--property', 'kind=*.shop'], 'alpha\n'],
      [['--property', 'kind'], 'alpha\ngamma\n'],
      [['--property', 'kind=webxshop'], ''],
      [['--grep', 'a', '-N', '2'], 'alpha\nbeta\n']
    ]
    for (const [flags, expected] of cases) {
      expect((await dev().run(['consume', 'mixed', '-e', ...flags])).stdout, flags.join(' ')).to.equal(expected)
    }
    const lost = await dev().run(['consume', 'mixed', '-g', 'picky', '--grep', 'a', '-e'])
    expect(lost.code).to.equal(2)
    expect(lost.stderr).to.contain('would lose')
    const peek = ['consume', 'mixed', '-g', 'picky', '--ack', 'none', '--grep', 'mm', '-e']
    expect((await dev().run(peek)).stdout).to.equal('gamma\n')
    expect((await dev().run(peek)).stdout).to.equal('gamma\n')
  })

  it('commits with each message when told so, and not at all when told so', async () => {
    const group = ['-g', 'careful', '--tags', 'even || odd']
    expect(await bodies(...group, '--ack', 'none', '-e')).to.have.length(10)
    expect(await bodies(...group, '--ack', 'after-output', '-N', '3')).to.deep.equal(['0', '2', '4'])
    expect(await bodies(...group, '-N', '1')).to.deep.equal(['6'])
  })

  it('does not acknowledge what its reader did not take', async function () {
    this.timeout(60_000)
    await dev().run(['topic', 'create', 'long', '--queues', '1'])
    const input = Array.from({ length: 400 }, (_, at) => `${String(at).padStart(6, '0')}${'x'.repeat(2000)}\n`).join('')
    await dev().run(['produce', 'long', '--batch', '100', '-q'], { input })
    // The reader takes ten lines and goes; the pipe holds more, which nobody has read.
    const shell = `${process.execPath} bin/run.js consume long -g leaver | head -n 10 | cut -c1-6`
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', shell], {
      env: { ...process.env, NAMESRV_ADDR: dev().namesrv }
    })
    expect(stderr).to.equal('')
    expect(stdout.split('\n').slice(0, 10)).to.have.length(10)
    const rest = (await dev().run(['consume', 'long', '-g', 'leaver', '-e', '-f', '%o\n'])).stdout.split('\n')
    // A pipe takes 64 KiB, some 32 messages; what no pipe took must come again.
    expect(Number(rest[0])).to.be.within(1, 80)
    expect(rest.at(-2)).to.equal('399')
  })

  it('broadcasts: two members of a group each read everything, with offsets in a file', async () => {
    const home = tempDir()
    const env = { HOME: home.path }
    const args = ['consume', 'orders', '-g', 'everyone', '--broadcast', '--tags', 'even || odd', '-e']
    expect((await dev().run(args, { env, spawned: true })).stdout.split('\n')).to.have.length(11)
    expect((await dev().run(args, { env, spawned: true })).stdout).to.equal('')
    expect(existsSync(join(home.path, '.mq/offsets/default/everyone.json'))).to.equal(true)
    home.remove()
  })

  it('locks queues when orderly, and goes on where it stopped', async () => {
    const group = ['-g', 'orderly', '--orderly', '--tags', 'even || odd']
    expect(await bodies(...group, '-N', '2')).to.deep.equal(['0', '2'])
    expect(await bodies(...group, '-e')).to.have.length(8)
  })

  it('runs a command for each message; one that fails gets it again later', async () => {
    await dev().run(['topic', 'create', 'jobs', '--queues', '1'])
    await dev().run(['produce', 'jobs', '-k', 'k1', '-t', 'T'], { input: 'good\nbad\n' })
    const command =
      'test "$MQ_KEYS$MQ_TAGS" = k1T && body=$(cat) && echo "$body $MQ_RECONSUME_TIMES" && test $body = good'
    const looked = await dev().run(['consume', 'jobs', '-e', '--exec', command])
    expect(looked).to.include({ code: 3, stdout: 'good 0\nbad 0\n' })
    const first = await dev().run(['consume', 'jobs', '-g', 'workers', '-N', '2', '--exec', command])
    expect(first).to.include({ code: 0, stdout: 'good 0\nbad 0\n' })
    expect(first.stderr).to.contain('1 messages failed; the broker delivers them again later')
    const route = await dev().run(['topic', 'route', '%RETRY%workers'])
    expect(route.code).to.equal(0)
  })

  it('dumps each message into two files, and shows bytes in hex', async () => {
    const dir = tempDir()
    await dev().run(['topic', 'create', 'bytes', '--queues', '1'])
    const input = Buffer.from([0, 0, 0, 3, 0x41, 0, 255])
    await dev().run(['produce', 'bytes', '-f', '%V{be32}%v'], { input })
    const { stdout } = await dev().run(['consume', 'bytes', '-e', '--dump', dir.path])
    const path = join(dir.path, 'bytes.broker-a.0.00000000000000000000.body')
    expect(stdout).to.equal(`${path}\n`)
    expect(readFileSync(path)).to.deep.equal(input.subarray(4))
    expect(JSON.parse(readFileSync(path.replace('.body', '.json'), 'utf8'))).to.include({ topic: 'bytes', queueId: 0 })
    expect(readdirSync(dir.path)).to.have.length(2)
    const dump = await dev().run(['consume', 'bytes', '-e', '-f', 'hexdump'])
    expect(dump.stdout).to.match(/broker-a\/0\/0\n00000000 {2}41 00 ff {40,50}\|A\.\.\|\n$/)
    dir.remove()
  })

  it('refuses --sql with a sentence', async () => {
    const { code, stderr } = await dev().run(['consume', 'orders', '--sql', 'a > 1'])
    expect(code).to.equal(10)
    expect(stderr).to.contain('no SQL92 filters')
  })

  it('exits with 2, 4 and 7 as it should', async () => {
    const cases: [args: string[], code: number][] = [
      [['orders', '-O', 'middle'], 2],
      [['orders', '-f', '%q'], 2],
      [['orders', '--grep', '('], 2],
      [['orders', '--ack', 'none'], 2],
      [['orders', '--orderly'], 2],
      [['orders', '--dump', '/dev/null/x'], 2],
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
