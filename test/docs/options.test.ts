/** docs/options.md is what scripts/options-table.ts makes of the tables of options. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { optionsPage } from '../../scripts/options-table.ts'
import { brokerOptionRows } from '../../src/broker/options.ts'
import { type OptionRow, parseOption } from '../../src/kit/options.ts'

describe('docs/options.md', () => {
  it('is current: run `npm run docs:options`', () => {
    expect(readFileSync('docs/options.md', 'utf8')).to.equal(optionsPage())
  })

  it('describes defaults that are allowed, and keys that occur once', () => {
    const rows: readonly OptionRow[] = brokerOptionRows
    for (const row of rows) expect(parseOption(row, String(row.default), row.key), row.key).to.equal(row.default)
    expect(new Set(rows.map(row => row.key)).size).to.equal(rows.length)
  })
})
