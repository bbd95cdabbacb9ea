import { expect } from 'chai'
import { cut, printable, table, textWidth } from '../../src/cli/table.ts'

const columns = [
  { title: 'NAME', value: (row: [string, number]) => row[0] },
  { title: 'N', value: (row: [string, number]) => row[1], align: 'right' as const }
]
const long = 'x'.repeat(50)

describe('table', () => {
  it('lines up columns, numbers to the right', () => {
    const lines = table(
      [
        ['a', 1],
        ['bcdef', 200]
      ],
      columns,
      { width: undefined, color: false }
    )
    expect(lines).to.deep.equal(['NAME     N', 'a        1', 'bcdef  200'])
  })

  it('never cuts off a terminal, and fits on one', () => {
    expect(table([[long, 1]], columns, { width: undefined, color: false })[1]).to.contain(long)
    const onScreen = table([[long, 1]], columns, { width: 20, color: false })
    expect(onScreen.map(textWidth).every(width => width <= 20)).to.equal(true)
    expect(onScreen[1]).to.equal(`${'x'.repeat(16)}…  1`)
  })

  it('colours only when asked', () => {
    expect(table([], columns, { width: 80, color: true })[0]).to.contain('\u001b[1m')
    expect(table([], columns, { width: 80, color: false })[0]).to.equal('NAME  N')
  })

  it('makes what others wrote harmless for a terminal', () => {
    expect(printable('a\u001b[31mb\nc\u0007\u009b')).to.equal('a\\x1b[31mb\\nc\\x07\\x9b')
    expect(table([['\u001b]0;title\u0007', 1]], columns, { width: 80, color: false })[1]).not.to.contain('\u001b')
  })

  it('counts columns of wide characters', () => {
    expect(textWidth('订单')).to.equal(4)
    expect(cut('订单订单', 5)).to.equal('订单…')
  })
})
