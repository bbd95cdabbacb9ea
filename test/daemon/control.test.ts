import { join } from 'node:path'
import { expect } from 'chai'
import { daemonStatus, openControl } from '../../src/daemon/control.ts'
import { daemonFiles } from '../../src/daemon/data-dirs.ts'
import { portPlan } from '../../src/daemon/ports.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { tempDir } from '../support/temp-dir.ts'

describe('control socket', () => {
  it('works in directories whose path is too long for a socket', async () => {
    const dir = tempDir()
    const files = daemonFiles('broker', join(dir.path, 'x'.repeat(120)))
    expect(Buffer.byteLength(files.socket)).to.be.at.most(100)
    expect(await daemonStatus(files, systemClock)).to.equal(undefined)
    const status = {
      kind: 'broker',
      state: 'ready' as const,
      pid: 1,
      version: '0',
      startedMs: 0,
      dataDir: files.dir,
      addresses: {},
      facts: {}
    }
    const control = await openControl(files, systemClock, { status: () => status, stop: () => {} })
    expect(await daemonStatus(files, systemClock)).to.deep.equal(status)
    const second = await openControl(files, systemClock, { status: () => status, stop: () => {} }).catch(error => error)
    expect(second.code).to.equal('MQ_ALREADY_RUNNING')
    control.close()
    expect(await daemonStatus(files, systemClock)).to.equal(undefined)
    dir.remove()
  })
})

describe('ports', () => {
  it('move together', () => {
    expect(portPlan(undefined)).to.deep.equal({ namesrv: 9876, broker: 10911, ha: 10912, http: 10910 })
    expect(portPlan('20000')).to.deep.equal({ namesrv: 20000, broker: 21035, ha: 21036, http: 21034 })
    for (const wrong of ['0', '-1', 'x', '65000', '1e3', '']) expect(() => portPlan(wrong), wrong).to.throw()
  })
})
