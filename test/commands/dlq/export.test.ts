import { expect } from 'chai'
import { deadLetters, said } from '../../support/group-commands.ts'

describe('mq dlq export', () => {
  it('writes a line for each', async () => {
    const { group } = await deadLetters(['a', 'b'])
    const lines = (await said('dlq', 'export', group)).trim().split('\n')
    expect(lines.map(line => JSON.parse(line).body)).to.deep.equal(['a', 'b'])
    expect(await said('dlq', 'export', group, '--grep', 'b')).to.match(/^\{.*"body":"b".*\}\n$/)
  })
})
