import { expect } from 'chai'
import { fails, said, topicOf } from '../../support/group-commands.ts'
import { json } from '../../support/ops-cluster.ts'

describe('mq message get', () => {
  it('shows a message, or its body alone in some encoding', async () => {
    const topic = await topicOf(0)
    const { messageId } = await json<{ messageId: string }>('produce', topic, '{"a":1}')
    const get = (...flags: string[]) => said('message', 'get', messageId, '--topic', topic, ...flags)
    expect(await get()).to.match(/^Body +\{"a":1\}$/m)
    expect(await get('--body-only')).to.equal('{"a":1}')
    expect(await get('--body-only', '--encoding', 'hex')).to.equal('7b2261223a317d\n')
    expect(await get('--body-only', '--encoding', 'base64')).to.equal('eyJhIjoxfQ==\n')
    expect(await get('--body-only', '--encoding', 'json')).to.equal('{\n  "a": 1\n}\n')
    const plain = await json<{ messageId: string }>('produce', topic, 'plain')
    await fails(2, 'message', 'get', plain.messageId, '--topic', topic, '--body-only', '--encoding', 'json')
    await fails(4, 'message', 'get', `${messageId.slice(0, -4)}FFFF`, '--topic', topic)
  })
})
