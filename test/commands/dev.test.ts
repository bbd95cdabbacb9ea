import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { mq } from '../support/mq.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

describe('mq dev', () => {
  let dir: TempDir
  beforeEach(() => {
    dir = tempDir()
  })
  afterEach(() => dir.remove())

  it('says which client goes where, writes the ready file, stops on SIGTERM with 0 and takes it away', async () => {
    const readyFile = join(dir.path, 'ready.json')
    let ready: Record<string, string> | undefined
    const args = ['dev', '--ports', 'auto', '--data-dir', join(dir.path, 'data'), '--ready-file', readyFile]
    const { code, stdout, stderr } = await mq(args, {
      onStdout: (text, child) => {
        if (ready !== undefined || !text.includes('\ndata ')) return
        ready = JSON.parse(readFileSync(readyFile, 'utf8'))
        child.kill('SIGTERM')
      }
    })
    expect(code, stderr).to.equal(0)
    expect(ready).to.include({ kind: 'dev', dataDir: join(dir.path, 'data') })
    expect(ready!['namesrv']).to.match(/^127\.0\.0\.1:\d+$/)
    expect(stdout).to.contain(`NameServer ${ready!['namesrv']}`)
    expect(stderr).to.contain('boot success')
    expect(existsSync(readyFile)).to.equal(false)
  })

  it('keeps its data, and keeps nothing when ephemeral', async () => {
    const data = join(dir.path, 'data')
    const once = await mq(['dev', '--ports', 'auto', '--data-dir', data, '--demo', '--exit'])
    expect(once.stdout).to.contain('demo created')
    const twice = await mq(['dev', '--ports', 'auto', '--data-dir', data, '--demo', '--exit'])
    expect(twice.stdout).to.contain('demo is there')
    const env = { TMPDIR: dir.path }
    const gone = await mq(['dev', '--ports', 'auto', '--ephemeral', '--demo', '--exit'], { env })
    expect(gone.code, gone.stderr).to.equal(0)
    const place = /^data +(\S+)$/m.exec(gone.stdout)![1]!
    expect(place.startsWith(dir.path)).to.equal(true)
    expect(existsSync(place)).to.equal(false)
  })

  it('refuses a second one on the same directory', async () => {
    const args = ['dev', '--ports', 'auto', '--data-dir', dir.path]
    expect((await mq([...args, '--detach'])).code).to.equal(0)
    const second = await mq(args)
    expect(second.code).to.equal(5)
    expect(second.stderr).to.match(/pid \d+ runs in .* already/)
    expect((await mq(['dev', 'stop', '--data-dir', dir.path])).code).to.equal(0)
  })

  it('names the port that is taken', async () => {
    const taken = createServer()
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    for (const detach of [[], ['--detach']]) {
      const { code, stderr } = await mq(['dev', '--ports', String(port), '--data-dir', dir.path, ...detach])
      expect(code).to.equal(1)
      expect(stderr).to.contain(`Error: port ${port} on 127.0.0.1`).and.to.contain('--ports auto')
    }
    const env = { TMPDIR: dir.path }
    const gone = await mq(['dev', '--ports', String(port), '--ephemeral', '--detach'], { env })
    expect(gone.stderr).to.contain(`Error: port ${port} on 127.0.0.1`)
    expect(readdirSync(dir.path).filter(name => name.startsWith('mq-dev-'))).to.deep.equal([])
    taken.close()
  })

  it('stops when the one who started it has gone, and prints variables for clients', async () => {
    // Standard input is closed at once: it starts, says where it is, and stops.
    const args = ['dev', '--ports', 'auto', '--data-dir', dir.path, '--exit-with-parent', '--print-env', 'json']
    const { code, stdout, stderr } = await mq(args)
    expect(code, stderr).to.equal(0)
    expect(JSON.parse(stdout)).to.have.keys('NAMESRV_ADDR', 'MQ_API')
    expect((await mq([...args, '--detach'])).code).to.equal(2)
  })

  it('takes settings from a broker.conf, and warns of what nothing understands', async () => {
    const conf = join(process.cwd(), 'templates/broker.conf')
    const args = ['dev', '--ports', 'auto', '--data-dir', dir.path, '-c', conf, '--demo', '--exit']
    const { code, stderr } = await mq(args)
    expect(code, stderr).to.equal(0)
    expect((await mq(['dev', '--ports', 'auto', '--data-dir', dir.path, '-c', '/no/such.conf'])).code).to.equal(2)
    expect((await mq(['dev', '--ports', 'some'])).code).to.equal(2)
    expect((await mq(['dev', '--ephemeral', '--data-dir', dir.path])).code).to.equal(2)
  })
})
