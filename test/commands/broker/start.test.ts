import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { mq } from '../../support/mq.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'

describe('mq broker start', () => {
  let dir: TempDir
  before(() => {
    dir = tempDir()
  })
  after(() => dir.remove())

  it('joins a NameServer with settings of flags, variables and a file, in this order', async () => {
    const data = join(dir.path, 'broker')
    const conf = join(dir.path, 'broker.conf')
    writeFileSync(
      conf,
      'brokerName = from-file\nbrokerClusterName = FileCluster\nfileReservedTime = 5\nnosuchkey = 1\n'
    )
    const ns = JSON.parse(
      (await mq(['namesrv', 'start', '--port', '0', '--data-dir', join(dir.path, 'ns'), '--detach', '--json'])).stdout
    )
    const args = ['broker', 'start', '-n', ns.addresses.namesrv, '--port', '0', '--data-dir', data, '-c', conf]
    const env = { MQ_CLUSTER: 'EnvCluster', MQ_BROKER_NAME: 'from-env' }
    const started = await mq([...args, '--name', 'from-flag', '--detach', '--json'], { env })
    expect(started.code, started.stdout + started.stderr).to.equal(0)
    expect((await mq(['broker', 'logs', '--data-dir', data])).stdout).to.contain('nosuchkey is not an option')
    const at = ['-n', ns.addresses.namesrv]
    const { items } = JSON.parse((await mq(['cluster', 'list', ...at, '--json'])).stdout)
    expect(items[0]).to.include({ cluster: 'EnvCluster', brokerName: 'from-flag' })
    expect((await mq(['broker', 'config', 'get', 'fileReservedTime', ...at])).stdout).to.equal('5\n')

    // A graceful stop unregisters, so that clients learn it at once.
    expect((await mq(['broker', 'stop', '--data-dir', data])).code).to.equal(0)
    const empty = await mq(['topic', 'create', 'x', ...at])
    expect(empty.code).to.equal(7)
    expect(empty.stderr).to.contain('no broker is registered')
    expect((await mq(['namesrv', 'stop', '--data-dir', join(dir.path, 'ns')])).code).to.equal(0)
  })

  it('says what it cannot do yet', async () => {
    const { code, stderr } = await mq(['broker', 'start', '--role', 'slave', '--id', '1', '--data-dir', dir.path])
    expect(code).to.equal(10)
    expect(stderr).to.contain('replication')
  })
})
