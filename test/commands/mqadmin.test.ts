/** `mq mqadmin`: every row of the table on a real cluster, and what happens to lines that cannot be run. */
import { expect } from 'chai'
import { readArguments } from '../../src/cli/mqadmin/arguments.ts'
import { mqadminRow, mqadminRows } from '../../src/cli/mqadmin/table.ts'
import { formOf } from '../../src/cli/mqadmin/translate.ts'
import { shimCases } from '../cli/mqadmin/shim-cases.ts'
import { type Seed, type SeededCluster, seedCluster } from '../e2e/seeded-cluster.ts'
import { cluster } from '../support/mq.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

describe('mq mqadmin', () => {
  const dev = cluster()
  let dir: TempDir
  let seeded: SeededCluster
  const seed = (): Seed => seeded.seed

  before(async function () {
    this.timeout(60_000)
    dir = tempDir()
    seeded = await seedCluster({ namesrv: dev().namesrv, http: dev().http, dir: dir.path })
  })
  after(async () => {
    await seeded?.close()
    dir?.remove()
  })

  it('has a case for each way of using a row', () => {
    const used = new Set(
      shimCases.map(({ name, args }) => {
        const row = mqadminRow(name.split(' ')[0]!)!
        return formOf(row, readArguments(row, args(seed()), new Map()))
      })
    )
    const unused = mqadminRows.flatMap(row => row.forms.filter(form => !used.has(form)).map(() => row.name))
    expect(unused).to.deep.equal([])
  })

  for (const { name, args, shows, exit } of shimCases) {
    it(name, async () => {
      const [command] = name.split(' ')
      const line = ['mqadmin', command!, '-n', dev().namesrv, ...args(seed()), '--json']
      const { code, stdout, stderr } = await dev().run(line)
      expect(code, stdout + stderr).to.equal(exit?.mq ?? 0)
      expect(stderr).to.match(/^This is: mq \w/)
      const wanted = shows(seed())
      if (typeof wanted === 'string') expect(stdout).to.include(wanted)
      else expect(stdout).to.match(wanted)
    })
  }

  it('says which name was meant, and exits with 127', async () => {
    const { code, stdout, stderr } = await dev().run(['mqadmin', 'topicLst'])
    expect({ code, stdout }).to.deep.equal({ code: 127, stdout: '' })
    expect(stderr).to.include('mqadmin has no sub-command topicLst').and.to.include('mq mqadmin topicList')
  })

  it('refuses what has no counterpart with one sentence', async () => {
    const option = await dev().run(['mqadmin', 'updateTopic', '-c', 'c', '-t', 't', '-u', 'true'])
    expect(option.code).to.equal(2)
    expect(option.stderr.trim().split('\n')[0]).to.equal(
      'Error: updateTopic -u (unit) has no counterpart in mq: mq has no units'
    )
    expect((await dev().run(['mqadmin', 'createUser', '-c', 'c', '-u', 'u', '-p', 'p'])).code).to.equal(10)
    const problem = await dev().run(['mqadmin', 'topicRoute', '--json'])
    expect(problem.code).to.equal(2)
    expect(JSON.parse(problem.stdout)).to.include({ errorCode: 'MQ_USAGE', detail: 'topicRoute needs -t (topic)' })
  })

  it('ends as the command of mq ends', async () => {
    expect((await dev().run(['mqadmin', 'topicRoute', '-t', 'nowhere'])).code).to.equal(4)
    expect((await dev().run(['mqadmin', 'topicRoute', '-t', 'x', '-n', '127.0.0.1:1'])).code).to.equal(7)
    expect((await dev().run(['mqadmin', 'brokerStatus', '-b', '10.0.0.1:9'])).code).to.equal(4)
  })

  it('changes nothing with --dry-run', async () => {
    const { code, stderr } = await dev().run([
      ...['mqadmin', 'updateTopic', '-c', seed().cluster, '-t', 'Shim_Dry', '--dry-run']
    ])
    expect(code, stderr).to.equal(0)
    expect((await dev().run(['topic', 'route', 'Shim_Dry'])).code).to.equal(4)
  })

  it('lists all names, and tells what the options of one become', async () => {
    const all = await dev().run(['mqadmin'])
    for (const row of mqadminRows) expect(all.stdout).to.include(row.name)
    for (const line of [
      ['mqadmin', 'updateTopic', '-h'],
      ['mqadmin', 'help', 'updatetopic']
    ]) {
      const { code, stdout } = await dev().run(line)
      expect(code).to.equal(0)
      expect(stdout)
        .to.include('mq topic create --or-update')
        .and.to.match(/-r readQueueNums +--read-queues/)
    }
  })
})
