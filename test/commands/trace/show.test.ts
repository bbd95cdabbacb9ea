import { expect } from 'chai'
import { fails, fresh, said } from '../../support/group-commands.ts'

const id = 'AC11000200017A3B2C1D0A1B2C3D0001'
const record = (...fields: readonly (string | number)[]): string => `${fields.join('\u0001')}\u0002`
const pub = [
  'Pub',
  1700000000000,
  'r',
  'shop',
  'orders',
  id,
  'paid',
  'order-42',
  '10.0.0.1:10911',
  5,
  12,
  0,
  'FF',
  'true'
]

describe('mq trace show', () => {
  let topic = ''
  before(async () => {
    topic = fresh('traces')
    await said('topic', 'create', topic, '--queues', '1')
    const body =
      record(...pub, '10.0.0.7') + record('SubAfter', 'q', id, 7, 'false', 'order-42', 4, 1700000000100, 'billing')
    await said('produce', topic, body, '-k', id, '-k', 'order-42')
  })

  it('tells the steps of a message, by id and by key', async () => {
    for (const wanted of [[id], ['--key', 'order-42']]) {
      const text = await said('trace', 'show', ...wanted, '--trace-topic', topic)
      expect(text)
        .to.match(/sent +shop +ok +12/)
        .and.match(/consumed +billing +FAILED +7/)
    }
    expect(await fails(4, 'trace', 'show', `${id.slice(0, -1)}9`, '--trace-topic', topic)).to.contain('has no trace of')
    await fails(2, 'trace', 'show')
    await fails(2, 'trace', 'show', id, '--key', 'x')
  })
})
