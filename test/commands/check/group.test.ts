import { expect } from 'chai'
import { cluster } from '../../support/mq.ts'

describe('mq check group', () => {
  const dev = cluster()

  before(async () => {
    await dev().run(['topic', 'create', 'orders', '--queues', '1'])
    await dev().run(['produce', 'orders', 'x', '--count', '10', '-q'])
    await dev().run(['consume', 'orders', '-g', 'billing', '-N', '4'])
  })

  const check = async (...args: string[]) => {
    const { code, stdout } = await dev().run(['check', 'group', 'billing', '--crit', 'members=0', ...args])
    return { code, stdout }
  }

  it('is OK, WARNING or CRITICAL as the limits say, with the codes of Nagios', async () => {
    expect((await check('--warn', '6')).code).to.equal(0)
    const warning = await check('--warn', 'lag=5', '--crit', '10')
    expect(warning.code).to.equal(1)
    expect(warning.stdout).to.match(
      /^MQ GROUP WARNING - billing: lag 6 \(more than 5\), .* \| lag=6;5;10 members=0;;0: behind=/
    )
    expect((await check('--warn', '1', '--crit', '5')).code).to.equal(2)
    expect((await check('--warn', 'behind=3600', '--crit', 'behind=7200')).code).to.equal(0)
  })

  it('is CRITICAL when nobody is online, and for a group or server that is not there', async () => {
    const offline = await dev().run(['check', 'group', 'billing'])
    expect(offline).to.include({ code: 2 })
    expect(offline.stdout).to.match(/^MQ GROUP CRITICAL - billing: members 0 \(less than 1\), lag 6/)
    const missing = await dev().run(['check', 'group', 'nobody', '-f', 'json'])
    expect(missing.code).to.equal(2)
    expect(JSON.parse(missing.stdout)).to.include({ status: 'CRITICAL', code: 2, name: 'nobody' })
    const nowhere = await dev().run(['check', 'group', 'billing', '-n', '127.0.0.1:1'])
    expect(nowhere.code).to.equal(2)
    expect(nowhere.stdout).to.match(/^MQ GROUP CRITICAL - billing: the NameServer 127\.0\.0\.1:1 does not answer/)
  })

  it('has forms for scripts, for Prometheus and for people', async () => {
    const json = JSON.parse((await check('--json')).stdout)
    expect(json).to.include({ check: 'group', name: 'billing', status: 'OK', code: 0 })
    expect(json.findings[0]).to.include({ name: 'lag', value: 6, status: 'OK', bad: 'above' })
    const prometheus = (await check('-f', 'prometheus')).stdout
    expect(prometheus).to.contain('mq_check_status{check="group",name="billing"} 0\n')
    expect(prometheus).to.contain('mq_check_value{check="group",name="billing",rule="lag",of=""} 6\n')
    expect((await check('-f', 'text', '--warn', '1')).stdout).to.match(
      /^WARNING {2}group billing\n {2}WARNING +lag +6 /
    )
  })

  it('exits with 3 and one sentence for what is no check', async () => {
    for (const args of [['--warn', 'speed=3'], ['--warn', 'x'], ['--no-such-flag'], ['--format', 'xml']]) {
      const { code, stdout, stderr } = await dev().run(['check', 'group', 'billing', ...args])
      expect({ code, stdout }, args.join(' ')).to.deep.equal({ code: 3, stdout: '' })
      expect(stderr).to.match(/^Error: /)
    }
    expect((await dev().run(['check', 'group'])).code).to.equal(3)
  })
})
