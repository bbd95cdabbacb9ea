/** docs/mqadmin.md is what scripts/mqadmin-table.ts makes of the table. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { mqadminPage } from '../../scripts/mqadmin-table.ts'
import { mqadminRows } from '../../src/cli/mqadmin/table.ts'

describe('docs/mqadmin.md', () => {
  const page = readFileSync('docs/mqadmin.md', 'utf8')

  it('is current: run `npm run docs:mqadmin`', () => {
    expect(page).to.equal(mqadminPage())
  })

  it('has a section for each sub-command', () => {
    for (const { name } of mqadminRows)
      expect(page).to.include(`\n### ${name}\n`).and.to.include(`](#${name.toLowerCase()})`)
  })
})
