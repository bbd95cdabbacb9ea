/**
 * Real clients and Apache's mqadmin, run against Apache RocketMQ and then, with the same workload, against mq: what they
 * see must be equal but for the list in normalised.ts. Needs a JDK of 17 or later and Maven; takes some minutes.
 *
 * MQ_INTEROP_PEERS    the servers in order, `apache,mq,mq-broker,mq-namesrv` by default, the last two being one half of
 *                     mq with Apache's other half; `apache,apache` proves the harness itself
 * MQ_INTEROP_COMMAND  an installed `mq` (its bin/run.js) to test instead of the one built here
 * MQ_INTEROP_FACTS    a directory to keep each peer's facts in; a first peer named `saved` is read from there
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Option } from '../../src/cli/mqadmin/row.ts'
import { mqadminRows } from '../../src/cli/mqadmin/table.ts'
import { startAliOns } from './ali-ons/start.ts'
import { lastLines } from './apache/processes.ts'
import { startApache } from './apache/server.ts'
import { javaClients, restartScenarios, seedScenario } from './java/scenarios.ts'
import { startWorkload } from './java/workload.ts'
import { commandCases, documents, runMq } from './mq/commands.ts'
import { build, startApacheAtMq, startMq, startMqAtApache } from './mq/server.ts'
import { type AdminCase, adminCases, makeTopic, type Seed } from './mqadmin/commands.ts'
import { type Mqadmin, type Printed, runCase, startMqadmin } from './mqadmin/driver.ts'
import { moreCases } from './mqadmin/more-commands.ts'
import { normaliseComplaint, normaliseFacts, normaliseLines, partial } from './normalised.ts'
import type { Peer } from './peer.ts'
import type { Facts, Workload } from './workload.ts'

const peers = (process.env['MQ_INTEROP_PEERS'] ?? 'apache,mq,mq-broker,mq-namesrv').split(',')
const factsDir = process.env['MQ_INTEROP_FACTS']

interface Pair {
  readonly first: unknown
  readonly second: unknown
}

const shown = (name: string, { stdout, stderr }: Printed): { lines: string[]; why: string[] } => ({
  lines: normaliseLines(name, stdout),
  why: normaliseComplaint(name, stderr)
})

const rowName = (line: string): string | undefined => line.split(' ')[0]
/** Of commands that are compared in part, only the rows that both have: the first word names a row. */
const samePrinted = (name: string, first: Printed, second: Printed): Pair => {
  const [one, other] = [shown(name, first), shown(name, second)]
  const rowsMin = partial.find(({ of }) => of.test(name))?.rows
  if (rowsMin === undefined) return { first: one, second: other }
  const both = new Set(one.lines.map(rowName).filter(row => other.lines.map(rowName).includes(row)))
  expect(both.size, 'rows that both have').to.be.at.least(rowsMin)
  const rows = (of: { lines: string[] }): object => ({ ...of, lines: of.lines.filter(line => both.has(rowName(line))) })
  return { first: rows(one), second: rows(other) }
}

/** An option as the driver tells it. */
const usage = ({ short, long, required, takesValue }: Option): string =>
  [
    short === undefined ? `--${long}` : `-${short} ${long}`,
    required === 'one' ? '?' : required ? '!' : '',
    takesValue ? '' : '~'
  ].join('')

const readFacts = (name: string): Map<string, unknown> =>
  new Map(Object.entries(JSON.parse(readFileSync(join(factsDir!, `${name}.json`), 'utf8')) as object))

/** What the first peer showed, by client and scenario or command. */
const firstSeen = peers[0] === 'saved' ? readFacts('0-apache') : new Map<string, unknown>()

const starters: Readonly<Record<string, (dir: string) => Promise<Peer>>> = {
  apache: startApache,
  mq: startMq,
  'mq-broker': startMqAtApache,
  'mq-namesrv': startApacheAtMq
}

/** Where one half is Apache's, these show that the halves understand each other; the rest depends on the broker alone. */
const halfScenarios = ['sync', 'push', 'rebalance', 'deadLetter']

for (const [index, peerName] of peers.entries()) {
  if (peerName === 'saved') continue
  describe(`real clients on ${peerName}${index === 0 ? '' : `, compared with ${peers[0]}`}`, () => {
    const dir = mkdtempSync(join(tmpdir(), 'mq-interop-'))
    const seen = new Map<string, unknown>()
    let peer: Peer
    let failed = false
    const half = peerName.includes('-')

    /** Keeps what was seen as it came, and compares what may not differ with what the first peer showed. */
    const compare = (key: string, facts: unknown, same: (first: unknown, second: unknown) => Pair): void => {
      seen.set(key, facts)
      if (index === 0) {
        firstSeen.set(key, facts)
        return
      }
      expect(firstSeen.has(key), `${key} failed on ${peers[0]}, so that there is nothing to compare with`).to.equal(
        true
      )
      const { first, second } = same(firstSeen.get(key), facts)
      expect(second, `${key}: what ${peerName} shows, against ${peers[0]}`).to.deep.equal(first)
    }

    const compareFacts = (key: string, facts: unknown): void =>
      compare(key, facts, (first, second) => ({
        first: normaliseFacts(key, first),
        second: normaliseFacts(key, second)
      }))

    before('start the server', async function () {
      this.timeout(600_000)
      peer = await starters[peerName]!(join(dir, 'server'))
    })

    afterEach(function () {
      if (this.currentTest?.state === 'failed') failed = true
    })

    after('stop the server', async function () {
      this.timeout(60_000)
      for (const log of failed ? (peer?.logs ?? []) : []) console.log(`== the end of ${log}\n${lastLines(log, 40)}`)
      if (factsDir !== undefined) {
        mkdirSync(factsDir, { recursive: true })
        writeFileSync(join(factsDir, `${index}-${peerName}.json`), JSON.stringify(Object.fromEntries(seen), null, 1))
      }
      await peer?.stop()
      if (process.env['MQ_INTEROP_KEEP'] === undefined) rmSync(dir, { recursive: true, force: true })
    })

    describe('mqadmin 5.5.0', () => {
      let admin: Mqadmin
      let workload: Workload
      let seed: Seed

      const run = async (one: AdminCase): Promise<void> => {
        const { name, until, onMq } = one
        const deadline = performance.now() + 30_000
        let printed = await runCase(admin, seed, one)
        while (until !== undefined && !until.test(printed.stdout) && performance.now() < deadline) {
          printed = await runCase(admin, seed, one)
        }
        if (/^mq(-broker)?$/.test(peerName) && onMq !== undefined) {
          expect(`${printed.stdout}\n${printed.stderr}`, onMq.why).to.include(onMq.complaint)
          if (onMq.complaint === '') expect(printed.stdout.trim(), onMq.why).to.equal('')
          return
        }
        compare(`mqadmin ${name}`, printed, (first, second) => samePrinted(name, first as Printed, second as Printed))
      }

      before('start mqadmin and the workload', async function () {
        this.timeout(600_000)
        admin = await startMqadmin(join(dir, 'mqadmin'))
        seed = { namesrv: peer.namesrv, broker: peer.broker, ids: [], offsetIds: [], dir: join(dir, 'mqadmin') }
        workload = await startWorkload('5.5.0', peer.namesrv, 'A_', join(dir, 'seed'))
      })

      after('stop both', async () => {
        await workload?.stop()
        await admin?.stop()
      })

      it('updateTopic', () => run(makeTopic))

      it('the workload', async function () {
        this.timeout(120_000)
        const facts = await workload.run(seedScenario.name)
        seed = {
          ...seed,
          ids: facts['ids']![0] as string[],
          offsetIds: facts['offset ids']![0] as string[]
        }
        compareFacts('mqadmin seed', facts)
      })

      it('has the options that the table of mq knows', async () => {
        const table = mqadminRows.map(({ name, options }) => [name, ...options.map(usage)].join(' '))
        expect((await admin.options()).sort()).to.deep.equal(table.sort())
      })

      // Where one half is Apache's, the commands that reach both halves are enough.
      for (const one of half ? adminCases : [...adminCases, ...moreCases]) {
        it(one.name, async function () {
          this.timeout(60_000)
          await run(one)
        })
      }
    })

    for (const client of half ? javaClients.slice(0, 1) : javaClients) {
      describe(client.title, () => {
        let workload: Workload

        before('start the JVM', async function () {
          this.timeout(600_000)
          const home = join(dir, client.prefix)
          workload = await startWorkload(client.version, peer.namesrv, client.prefix, home, client.javaOptions)
        })

        after('stop the JVM', () => workload?.stop())

        for (const { name } of client.scenarios) {
          if (half && !halfScenarios.includes(name)) continue
          it(name, async function () {
            this.timeout(120_000)
            const facts: Facts = await workload.run(name)
            expect(Object.keys(facts)).to.not.be.empty
            compareFacts(`${client.title}: ${name}`, facts)
          })
        }
      })
    }

    if (half) return

    describe('Java client 5.5.0 over a restart of the broker', () => {
      let workload: Workload
      const [first, second] = restartScenarios

      before('start the JVM', async function () {
        this.timeout(600_000)
        workload = await startWorkload('5.5.0', peer.namesrv, 'R_', join(dir, 'restart'))
      })

      after('stop the JVM', () => workload?.stop())

      it(first!.name, async function () {
        this.timeout(120_000)
        compareFacts(`restart: ${first!.name}`, await workload.run(first!.name))
      })

      it(second!.name, async function () {
        this.timeout(180_000)
        await peer.restart()
        compareFacts(`restart: ${second!.name}`, await workload.run(second!.name))
      })
    })

    describe('npm ali-ons', () => {
      let workload: Workload

      before('start the process', async function () {
        this.timeout(60_000)
        workload = await startAliOns(peer.namesrv, peer.broker, join(dir, 'ali-ons'))
      })

      after('stop the process', () => workload?.stop())

      it('produceAndConsume', async function () {
        this.timeout(120_000)
        const facts = await workload.run('produceAndConsume')
        compareFacts('ali-ons produceAndConsume', facts)
      })
    })

    describe("mq's own commands", () => {
      let ids: Record<string, string> = {}

      before('build', function () {
        this.timeout(120_000)
        build()
      })

      for (const { name, args, stdin, items, exit } of commandCases) {
        it(name, async function () {
          this.timeout(60_000)
          const words = args.map(word => ids[word] ?? word)
          const outcome = await runMq(peer.namesrv, words, stdin)
          expect(outcome.exit, `${outcome.stdout}\n${outcome.stderr}`).to.equal(exit ?? 0)
          if (!words.includes('--json')) return
          const printed = documents(outcome.stdout)
          const listed = (printed[0] as { items?: unknown[] } | undefined)?.items ?? printed
          if (items !== undefined) expect(listed, outcome.stdout).to.have.length(items)
          const [first] = listed as { messageId?: string; offsetMessageId?: string }[]
          if (first?.messageId !== undefined) ids = { ID: first.messageId, OFFSET_ID: first.offsetMessageId! }
          compareFacts(`mq ${name}`, printed)
        })
      }
    })
  })
}
