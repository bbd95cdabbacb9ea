/**
 * The walk: every command on one seeded cluster. A command without a row fails; what a row leaves out, it says why.
 * `MQ_WALK=topic` walks the commands that begin so.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from '@oclif/core'
import { expect } from 'chai'
import { sourceConfig } from '../support/in-process.ts'
import { cluster } from '../support/mq.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import type { CommandCase } from './command-case.ts'
import { type SeededCluster, seedCluster } from './seeded-cluster.ts'
import {
  checkDryRun,
  checkHelp,
  checkJson,
  checkPlain,
  checkUnreachable,
  checkWrong,
  isChange,
  roadsOf,
  type Walked
} from './walk.ts'

const config = await sourceConfig()
const files = readdirSync('test/e2e/command-cases').filter(name => name.endsWith('.ts'))
const cases: CommandCase[] = []
for (const file of files) {
  const rows = (await import(pathToFileURL(join('test/e2e/command-cases', file)).href)) as { cases: CommandCase[] }
  cases.push(...rows.cases)
}

const wanted = (id: string): boolean => id.startsWith(process.env['MQ_WALK'] ?? '')
const ids = config.commands
  .filter(command => command.hidden !== true)
  .map(command => command.id.replaceAll(':', ' '))
  .filter(wanted)
const classes = new Map<string, Command.Class>()
for (const id of ids) classes.set(id, await config.findCommand(id.replaceAll(' ', ':'), { must: true }).load())

describe('every command', function () {
  this.timeout(60_000)
  const dev = cluster()
  let dir: TempDir
  let seeded: SeededCluster

  before(async function () {
    this.timeout(120_000)
    dir = tempDir()
    seeded = await seedCluster({ namesrv: dev().namesrv, http: dev().http, dir: dir.path })
  })
  after(async () => {
    await seeded.close()
    dir.remove()
  })

  it('has a row in test/e2e/command-cases, and every row a command', () => {
    const rows = new Set(cases.map(test => test.id))
    expect(
      ids.filter(id => !rows.has(id)),
      'commands without a row'
    ).to.deep.equal([])
    const strange = [...rows].filter(id => wanted(id) && !ids.includes(id))
    expect(strange, 'rows without a command').to.deep.equal([])
  })

  it('has --dry-run exactly when its row changes something', () => {
    const walkable = cases.filter(test => classes.has(test.id) && test.helpOnly === undefined && test.local !== true)
    const wrong = walkable.filter(test => isChange(classes.get(test.id)!) !== (test.changes === true))
    expect(wrong.map(test => test.id)).to.deep.equal([])
  })

  for (const test of cases.filter(row => classes.has(row.id))) {
    describe(`mq ${test.id}`, () => {
      const walked = (): Walked => ({ seed: seeded.seed, config, test, command: classes.get(test.id)! })
      const roads = roadsOf(test)

      it('explains itself', () => checkHelp(walked()))
      if (test.helpOnly !== undefined) return

      if (test.noJson === undefined) {
        it(`gives what it declares${roads.length > 1 ? ', equal over HTTP and over remoting' : ''}`, async () => {
          const values: unknown[] = []
          for (const road of roads) values.push(await checkJson(walked(), road))
          if (values.length > 1) expect(values[0]).to.deep.equal(values[1])
        })
      }
      it('neither colours nor cuts off a terminal', () => checkPlain(walked()))
      it('exits with 2 and one sentence for wrong usage', () => checkWrong(walked()))
      if (test.local !== true) {
        for (const road of roads) {
          it(`exits with 7 when nothing answers over ${road}`, () => checkUnreachable(walked(), road))
        }
      }
      if (test.changes === true) {
        for (const road of roads) {
          it(`changes nothing in a dry run over ${road}`, () => checkDryRun(walked(), seeded.admin, road))
        }
      }
    })
  }
})
