import { expect } from 'chai'
import { formatWish, parseFormat, printed } from '../../src/cli/outputs.ts'
import { shapedTable } from '../../src/cli/shaped-table.ts'

const items = [
  { topic: 'b', queues: 2, brokers: ['x', 'y'], note: '=1+1' },
  { topic: 'a', queues: 10, brokers: [], note: 'say "hi"' }
]
const list = { items, truncated: false, next: null, warnings: [] }
const lines = (form: string, shaping = {}): string[] => printed(list, parseFormat(form), { header: true, ...shaping })

describe('outputs', () => {
  it('are found in the words of a command line, before --', () => {
    expect(formatWish(['-o', 'csv', 'x'])).to.equal('csv')
    expect(formatWish(['-oyaml'])).to.equal('yaml')
    expect(formatWish(['--output=name', '--', '--json'])).to.equal('name')
    expect(() => parseFormat('jsn')).to.throw('no output')
  })

  it('keep cells apart, and no cell is a formula', () => {
    expect(lines('csv')).to.deep.equal(['topic,queues,brokers,note', `b,2,"x,y",'=1+1`, 'a,10,,"say ""hi"""'])
    expect(lines('csv', { columns: ['queues'], sort: '-queues', header: false })).to.deep.equal(['10', '2'])
  })

  it('print names, templates and YAML', () => {
    expect(lines('name', { sort: 'topic' })).to.deep.equal(['a', 'b'])
    expect(lines('template={{topic}}:{{ brokers.1 }}\\t{{queues}}')).to.deep.equal(['b:y\t2', 'a:\t10'])
    expect(lines('yaml', { columns: ['topic'] })[0]).to.contain('items:\n  - topic: b\n  - topic: a\n')
    expect(() => lines('template={{tpic}}')).to.throw('no field tpic')
  })

  it('choose and sort the columns of a table by title or field', () => {
    const columns = [
      { title: 'TOPIC', value: (row: (typeof items)[number]) => row.topic },
      { title: 'ALL QUEUES', value: (row: (typeof items)[number]) => row.queues, wide: true }
    ]
    const titles = (wish: object): string[] =>
      shapedTable(items, columns, { wide: false, ...wish }).columns.map(column => column.title)
    expect(titles({})).to.deep.equal(['TOPIC'])
    expect(titles({ wide: true })).to.deep.equal(['TOPIC', 'ALL QUEUES'])
    expect(titles({ columns: ['all-queues', 'note'] })).to.deep.equal(['ALL QUEUES', 'NOTE'])
    expect(shapedTable(items, columns, { wide: false, sort: '-queues' }).rows[0]!.topic).to.equal('a')
    expect(() => titles({ columns: ['tpic'] })).to.throw('no column tpic')
  })
})
