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

describe('mq trace list', () => {
  let topic = ''
  before(async () => {
    topic = fresh('traces')
    await said('topic', 'create', topic, '--queues', '1')
    const body =
      record(...pub, '10.0.0.7') + record('SubAfter', 'q', id, 7, 'false', 'order-42', 4, 1700000000100, 'billing')
    await said('produce', topic, body, '-k', id, '-k', 'order-42')
  })

  it('lists all steps of a window of time', async () => {
    const text = await said('trace', 'list', '--trace-topic', topic, '--from', '-10m')
    expect(text.trim().split('\n')).to.have.length(3)
    expect(text).to.contain('10.0.0.7').and.contain('billing')
    await fails(2, 'trace', 'list', '--from', 'monday')
  })
})
