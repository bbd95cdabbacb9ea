import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { OptionRow } from '../../src/kit/options.ts'
import { namesrvOptionRows } from '../../src/namesrv/options.ts'

const rows: readonly OptionRow[] = namesrvOptionRows

describe('the options of a NameServer', () => {
  it('are in docs/namesrv.md, each as it is', () => {
    const docs = readFileSync('docs/namesrv.md', 'utf8')
    const documented = docs.split('\n').filter(line => /^\| `\w+` \|/.test(line))
    const expected = rows.map(row => `| \`${row.key}\` | \`${row.default}\` | ${row.hot ? 'yes' : ''} | ${row.help} |`)
    expect(documented).to.deep.equal(expected)
  })

  it('none that may be changed by request is a path, an address or a port', () => {
    for (const row of rows.filter(({ hot }) => hot)) expect(row.type, row.key).not.to.equal('text')
  })
})
