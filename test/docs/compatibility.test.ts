/** docs/compatibility.md names every scenario and every command that the interop tests compare. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { mqadminRows } from '../../src/cli/mqadmin/table.ts'
import { restartScenarios, scenarios, seedScenario } from '../interop/java/scenarios.ts'
import { adminCases, makeTopic } from '../interop/mqadmin/commands.ts'
import { moreCases } from '../interop/mqadmin/more-commands.ts'

const cases = [makeTopic, ...adminCases, ...moreCases]
const page = readFileSync('docs/compatibility.md', 'utf8')

describe('docs/compatibility.md', () => {
  it('names every scenario of the Java client, and what it shows', () => {
    const missing = [seedScenario, ...scenarios, ...restartScenarios].filter(
      ({ name, shows }) => !page.includes(`| \`${name}\` | ${shows} |`)
    )
    expect(missing).to.deep.equal([])
  })

  it('names every command of mqadmin and every case of it', () => {
    const missing = cases.filter(({ name }) => {
      const [command, ...rest] = name.split(' ')
      const row = page.split('\n').find(line => line.startsWith(`| \`${command}\` |`)) ?? ''
      return !row.includes(rest.length === 0 ? 'plain' : rest.join(' '))
    })
    expect(missing).to.deep.equal([])
  })

  it('speaks of all 96 commands of mqadmin, because all are run', () => {
    const run = new Set(cases.map(({ name }) => name.split(' ')[0]!))
    expect([...run].sort()).to.deep.equal(mqadminRows.map(row => row.name).sort())
    expect(run.size).to.equal(96)
  })
})
