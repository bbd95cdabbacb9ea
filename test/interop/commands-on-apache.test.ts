/**
 * mq's commands and administrative acts on an Apache cluster: the same contracts, the same rows of the walk and the same
 * lines of mqadmin as in `npm test`, on Apache's NameServer and broker. Needs a JDK and Maven.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from '@oclif/core'
import { expect } from 'chai'
import { httpAdmin } from '../../src/http/client/http-admin.ts'
import { shimCases } from '../cli/mqadmin/shim-cases.ts'
import { groupsContract } from '../contract/admin/groups.ts'
import { messagesContract } from '../contract/admin/messages.ts'
import { operationsContract } from '../contract/admin/operations.ts'
import { streamsContract } from '../contract/admin/streams.ts'
import { type AdminWorld, adminContract } from '../contract/admin.ts'
import type { CommandCase } from '../e2e/command-case.ts'
import { type Seed, type SeededCluster, seedCluster } from '../e2e/seeded-cluster.ts'
import { checkJson } from '../e2e/walk.ts'
import { sourceConfig } from '../support/in-process.ts'
import { mq } from '../support/mq.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import { ApacheWorlds } from './apache/admin-world.ts'
import { startApache } from './apache/server.ts'
import type { Peer } from './peer.ts'

const cases: CommandCase[] = []
for (const file of readdirSync('test/e2e/command-cases').filter(name => name.endsWith('.ts'))) {
  const rows = (await import(pathToFileURL(join('test/e2e/command-cases', file)).href)) as { cases: CommandCase[] }
  cases.push(...rows.cases)
}

/** Rows that say why not, and those that ask no server. */
const walked = cases.filter(
  row =>
    row.helpOnly === undefined &&
    row.local !== true &&
    row.noJson === undefined &&
    row.httpOnly === undefined &&
    row.onApache === undefined
)

/** Parts of the contract that Apache's broker does otherwise, by title, each with the reason. */
const otherwise: ReadonlyMap<string, string> = new Map([
  [
    'have settings, of which some may be changed',
    'Apache accepts a setting that it does not have, and changes nothing'
  ],
  ['are deleted with their offsets or without', 'a broker that may create groups has a deleted one back at once'],
  [
    'are reset while their members consume: the preview is the effect',
    'members get the messages again only when they rebalance, which is later than this test waits'
  ]
])

describe('mq on an Apache cluster', function () {
  this.timeout(60_000)
  let dir: TempDir
  let peer: Peer
  let worlds: ApacheWorlds

  before(async function () {
    this.timeout(600_000)
    dir = tempDir()
    peer = await startApache(dir.path)
    worlds = new ApacheWorlds(peer, dir.path)
  })
  after(async () => {
    await worlds?.close()
    await peer?.stop()
    dir?.remove()
  })

  const contracts = (worldOf: () => AdminWorld): void => {
    beforeEach(function () {
      if (otherwise.has(this.currentTest?.title ?? '')) this.skip()
    })
    adminContract(worldOf)
    describe('groups and their members', () => groupsContract(worldOf))
    describe('messages and what became of them', () => messagesContract(worldOf))
    describe('operations', () => operationsContract(worldOf))
    streamsContract(worldOf)
  }

  describe('administrative acts over remoting', () => {
    let world: AdminWorld | undefined
    contracts(() => {
      world ??= worlds.world(worlds.remoting, 'R')
      return world
    })
  })

  describe("administrative acts over mq's HTTP API", () => {
    let world: AdminWorld | undefined
    before(async () => {
      world = worlds.world(httpAdmin({ url: await worlds.serve(), timeoutMs: 10_000 }), 'H')
    })
    contracts(() => world!)
  })

  describe('commands', () => {
    let seeded: SeededCluster
    const seed = (): Seed => seeded.seed

    before(async function () {
      this.timeout(120_000)
      seeded = await seedCluster({ namesrv: peer.namesrv, dir: dir.path })
    })
    after(() => seeded?.close())

    for (const test of walked) {
      it(`mq ${test.id}`, async () => {
        const config = await sourceConfig()
        const command: Command.Class = await config.findCommand(test.id.replaceAll(' ', ':'), { must: true }).load()
        await checkJson({ seed: seed(), config, test, command }, 'remoting')
      })
    }

    for (const { name, args, shows, exit } of shimCases) {
      it(`mq mqadmin ${name}`, async () => {
        const line = ['mqadmin', name.split(' ')[0]!, '-n', peer.namesrv, ...args(seed()), '--json']
        const { code, stdout, stderr } = await mq(line)
        expect(code, stdout + stderr).to.equal(exit?.apache ?? 0)
        const wanted = shows(seed())
        if (typeof wanted === 'string') expect(stdout).to.include(wanted)
        else expect(stdout).to.match(wanted)
      })
    }
  })
})
