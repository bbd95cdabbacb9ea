import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { planDev } from '../../src/daemon/all-in-one.ts'
import { planNamesrv } from '../../src/daemon/namesrv-daemon.ts'
import type { DaemonPlan } from '../../src/daemon/serve.ts'
import { httpAdmin } from '../../src/http/client/http-admin.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { eventually } from '../support/eventually.ts'
import { silentLog } from '../support/silent-log.ts'
import { tempDir } from '../support/temp-dir.ts'

describe('the admin API of a daemon', function () {
  this.timeout(20_000)

  const running = async (
    plan: (dataDir: string) => DaemonPlan,
    look: (url: string, dataDir: string) => Promise<void>
  ): Promise<void> => {
    const dir = tempDir()
    const world = { clock: systemClock, log: silentLog(), setLogLevel: () => {} }
    const daemon = await plan(dir.path).start(world)
    try {
      await eventually(() => daemon.unready() === undefined, 'the daemon is ready')
      await look(daemon.addresses.http!, dir.path)
    } finally {
      await daemon.stop()
      dir.remove()
    }
  }

  it('serves the cluster of `mq dev`, also on a socket of its user', () =>
    running(
      dataDir =>
        planDev({ flags: {}, config: undefined, dataDir, env: {}, ports: 'auto', ephemeral: false, quiet: false }),
      async (url, dataDir) => {
        const admin = httpAdmin({ url, timeoutMs: 15_000 })
        await eventually(async () => (await admin.clusters()).items.length === 1, 'the broker is registered')
        expect((await admin.clusterHealth()).healthy).to.equal(true)
        const entries = [{ key: 'maxMessageSize', value: '300000' }]
        expect(await admin.setBrokerConfig(undefined, entries)).to.deep.equal(entries)
        expect(statSync(join(dataDir, 'broker', 'http.sock')).mode & 0o777).to.equal(0o600)
        const document = (await (await fetch(`${url}/openapi.json`)).json()) as { openapi: string }
        expect(document.openapi).to.equal('3.1.0')
      }
    ))

  it('serves what a NameServer alone knows', () =>
    running(
      dataDir => planNamesrv({ flags: { port: 0 }, config: undefined, dataDir, env: {} }),
      async url => {
        const admin = httpAdmin({ url, timeoutMs: 15_000 })
        await admin.putKv('space', { key: 'k', value: 'v' })
        expect(await admin.kv('space')).to.deep.equal([{ key: 'k', value: 'v' }])
        const error = await admin.groups().catch(caught => caught)
        expect(error.code).to.equal('MQ_NO_ROUTE')
      }
    ))
})
