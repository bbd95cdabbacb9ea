import { expect } from 'chai'
import { emptyBody } from '../../src/protocol/command.ts'
import { request } from '../../src/protocol/requests/request.ts'
import { int, optional } from '../../src/protocol/schema.ts'
import { type Asked, route, router } from '../../src/remoting/router.ts'

const double = request({
  name: 'DOUBLE',
  code: 5,
  access: 'none',
  header: { n: int },
  reply: { n: int, m: optional(int) }
})
const asked = (fields: Record<string, string>): Asked =>
  ({ command: { fields: new Map(Object.entries(fields)) }, body: emptyBody }) as unknown as Asked

describe('the router', () => {
  it('gives handlers a typed header, and writes the fields of their replies', async () => {
    const entry = route(double, ({ n }) => ({ header: { n: 2 * n }, fields: { EXTRA: 'x' }, remark: 'r' }))
    const answer = await entry.answer(asked({ n: '21' }))
    expect(answer).to.deep.include({ code: 0, remark: 'r', body: emptyBody })
    expect([...answer!.fields]).to.deep.equal([
      ['n', '42'],
      ['EXTRA', 'x']
    ])
  })

  it('a handler that answers by other means gives no answer', async () => {
    expect(await route(double, () => undefined).answer(asked({ n: '1' }))).to.equal(undefined)
  })

  it('a header that does not fit the schema never reaches the handler', async () => {
    const entry = route(double, () => expect.fail('it was called'))
    const error = await entry.answer(asked({ n: 'x' })).catch((thrown: unknown) => thrown)
    expect(error).to.have.property('code', 'MQ_HEADER_INVALID')
  })

  it('knows each code once', () => {
    const entry = route(double, () => ({}))
    expect(router([entry]).get(5)).to.equal(entry)
    expect(() => router([entry, entry])).to.throw('two handlers for request code 5')
  })
})
