import { expect } from 'chai'
import { Closing } from '../../src/broker/closing.ts'
import { silentLog } from '../support/silent-log.ts'

describe('closing', () => {
  it('closes in the opposite order, waits for each, and goes on after a failure', async () => {
    const log = silentLog()
    const closing = new Closing(log)
    const closed: string[] = []
    closing.add('first', () => closed.push('first'))
    closing.add('bad', () => {
      throw new Error('stuck')
    })
    closing.add('slow', async () => {
      await new Promise(resolve => setImmediate(resolve))
      closed.push('slow')
    })
    expect(await closing.run()).to.equal(false)
    expect(closed).to.deep.equal(['slow', 'first'])
    expect(log.lines.map(line => line.fields)).to.deep.equal([{ what: 'bad', error: 'stuck' }])
    expect(await closing.run(), 'only once').to.equal(true)
    expect(closed).to.have.length(2)
  })
})
