import { expect } from 'chai'
import { errorRows } from '../../src/kit/errors.ts'
import { mq } from '../support/mq.ts'

describe('mq errors', () => {
  const items = async (...args: string[]) => JSON.parse((await mq(['errors', ...args, '--json'])).stdout).items

  it('explains codes of RocketMQ and of mq', async () => {
    expect(await items('17')).to.have.length(1)
    expect((await items('17'))[0]).to.include({ name: 'TOPIC_NOT_EXIST', exitCode: 4, retryable: false })
    expect((await items('CODE: 17'))[0].name).to.equal('TOPIC_NOT_EXIST')
    expect((await items('mq_timeout'))[0]).to.include({ code: 'MQ_TIMEOUT', exitCode: 8, retryable: true })
  })

  it('finds by a part of the name, and lists all', async () => {
    const found = (await items('topic')).map((row: { name: string }) => row.name)
    expect(found).to.include.members(['TOPIC_NOT_EXIST', 'topic not found'])
    const codes = (await items()).map((row: { code: string }) => row.code)
    expect(codes).to.include.members(Object.keys(errorRows))
    expect((await mq(['errors', 'nonsense'])).code).to.equal(4)
  })
})
