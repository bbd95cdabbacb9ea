import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { type ErrorRow, errorRows } from '../../src/kit/errors.ts'

describe('docs/errors.md', () => {
  it('lists the rows of src/kit/errors.ts, all of them and in their order', () => {
    const lines = readFileSync('docs/errors.md', 'utf8').split('\n')
    const listed = lines
      .map(line => /^\| (MQ_\w+) \| (\d+) \| (yes|no) \| (.+) \|$/.exec(line))
      .filter(match => match !== null)
      .map(([, code, exit, retry, text]) => ({
        code,
        exit: Number(exit),
        retry: retry === 'yes',
        explained: text!.length > 20
      }))
    const rows = Object.entries(errorRows as Record<string, ErrorRow>)
    expect(listed).to.deep.equal(
      rows.map(([code, row]) => ({ code, exit: row.exitCode, retry: row.retryable, explained: true }))
    )
  })
})

describe('docs/cli.md', () => {
  it('explains every exit code', () => {
    const text = readFileSync('docs/cli.md', 'utf8')
    const table = text.slice(text.indexOf('## Exit codes'), text.indexOf('## Offsets'))
    const explained = [...table.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(match => match[1]!.split(',').map(Number))
    expect(explained).to.deep.equal(Object.values(exitCodes))
  })
})
