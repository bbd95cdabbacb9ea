import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { cluster } from '../support/mq.ts'
import { tempDir } from '../support/temp-dir.ts'

describe('mq doctor', () => {
  const dev = cluster()

  it('looks at everything on the way to a cluster, and sends a message through it', async () => {
    const { stdout, stderr } = await dev().run(['doctor', '--round-trip'])
    expect(stderr).to.equal('')
    for (const line of [
      '✓ node: v',
      `✓ NameServer ${dev().namesrv}: answers in`,
      '✓ brokers: broker-a',
      `✓ address of broker-a: ${dev().broker} can be reached from here`,
      '✓ topics of broker-a: are made at the first send',
      'round trip: '
    ]) {
      expect(stdout).to.contain(line)
    }
  })

  it('exits with 9 and says what to do when nothing answers', async () => {
    const { code, stdout } = await dev().run(['doctor', '-n', '127.0.0.1:1', '--json'])
    expect(code).to.equal(9)
    const { healthy, findings } = JSON.parse(stdout)
    expect(healthy).to.equal(false)
    const wrong = findings.filter((finding: { state: string }) => finding.state === 'bad')
    expect(wrong.map((finding: { name: string }) => finding.name)).to.deep.equal(['NameServer 127.0.0.1:1', 'brokers'])
    expect(wrong.every((finding: { fix: string }) => finding.fix !== '')).to.equal(true)
  })

  it('mends what a killed daemon left behind, when told so', async () => {
    const dir = tempDir()
    const pid = join(dir.path, 'mq/dev/dev.pid')
    mkdirSync(join(dir.path, 'mq/dev'), { recursive: true })
    writeFileSync(pid, '1\n')
    const env = { XDG_DATA_HOME: dir.path }
    expect((await dev().run(['doctor'], { env })).stdout).to.contain(`! left behind: ${pid}`)
    expect((await dev().run(['doctor', '--fix', '--dry-run'], { env })).stdout).to.contain(`! left behind: ${pid}`)
    expect(existsSync(pid)).to.equal(true)
    expect((await dev().run(['doctor', '--fix'], { env })).stdout).to.contain('done: remove it')
    expect(existsSync(pid)).to.equal(false)
    dir.remove()
  })
})
