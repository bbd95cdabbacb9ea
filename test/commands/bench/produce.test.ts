import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq bench produce', () => {
  const dev = cluster()

  const lastLine = (stdout: string): Record<string, unknown> => JSON.parse(stdout.trimEnd().split('\n').at(-1)!)

  it('sends as many messages as it says, over topics that it makes, and tells rates', async () => {
    const args = [
      'bench',
      'produce',
      'load',
      '--msgs',
      '300',
      '--topics',
      '2',
      '--clients',
      '2',
      '--batch',
      '7',
      '--json'
    ]
    const { code, stdout, stderr } = await dev().run(args)
    expect(code, stderr).to.equal(0)
    expect(stderr).to.contain('Made load-0 load-1')
    const result = lastLine(stdout)
    expect(result).to.include({ event: 'result', kind: 'produce', msgs: 300, bytes: 300 * 1024, clients: 2, errors: 0 })
    expect(result['interrupted']).to.equal(false)
    const read = await Promise.all(
      ['load-0', 'load-1'].map(topic => dev().run(['consume', topic, '-e', '-f', '%V\\n']))
    )
    const sizes = read.flatMap(({ stdout: text }) => text.trimEnd().split('\n'))
    expect(sizes).to.have.length(300)
    expect(new Set(sizes)).to.deep.equal(new Set(['1024']))
  })

  it('keeps the rate, tells each second, and writes rows for a spreadsheet', async () => {
    const csv = join(dev().dataDir, 'load.csv')
    const args = ['bench', 'produce', 'paced', '--rate', '100/s', '--msgs', '120', '--csv', csv, '--json']
    const { code, stdout } = await dev().run([...args, '--size-dist', '100:1,200:1'])
    expect(code).to.equal(0)
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines[0]).to.include({ event: 'second', second: 1 })
    const { msgs, seconds, latency } = lines.at(-1)
    expect(msgs).to.equal(120)
    expect(seconds).to.be.at.least(1.19)
    expect(latency.count).to.equal(120)
    expect(latency.p50).to.be.within(0.001, latency.p999)
    const rows = readFileSync(csv, 'utf8').trimEnd().split('\n')
    expect(rows[0]).to.match(/^second,msgs,bytes,errors,/)
    expect(rows[1]).to.match(/^1,\d+,\d+,0,/)
  })

  it('ends with 130 and the figures so far on Ctrl-C; a dry run sends nothing', async () => {
    const running = dev().run(['bench', 'produce', 'long', '--duration', '1h', '--json'], {
      onStdout: (_text, child) => child.kill('SIGINT')
    })
    const { code, stdout } = await running
    expect(code).to.equal(130)
    expect(lastLine(stdout)).to.include({ event: 'result', interrupted: true })
    const dry = await dev().run(['bench', 'produce', 'never', '--dry-run'])
    expect(dry.stdout).to.contain('would produce to never')
    expect((await dev().run(['topic', 'describe', 'never'])).code).to.equal(4)
  })

  it('prints a summary and percentiles for people, and refuses what it cannot do', async () => {
    const { stdout } = await dev().run(['bench', 'produce', '--msgs', '50', '--histogram'])
    expect(stdout).to.match(/^bench produce {2}mq-bench {2}1 client\nmessages {3}50 in/)
    expect(stdout)
      .to.match(/\np0 +\d[\d.]* ms\n/)
      .and.to.match(/\np100 +\d[\d.]* ms {2}█+\n$/)
    for (const wrong of [
      ['--size', '0'],
      ['--size', '5m'],
      ['--size-dist', 'x:y'],
      ['--rate', '0'],
      ['--csv', '/no/x']
    ]) {
      expect((await dev().run(['bench', 'produce', '--msgs', '1', ...wrong])).code, wrong.join(' ')).to.equal(2)
    }
    expect((await dev().run(['bench', 'produce', '-n', '127.0.0.1:1'])).code).to.equal(7)
  })
})
