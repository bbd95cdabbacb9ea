import { expect } from 'chai'
import { delayOffsetsShape } from '../../../../src/protocol/bodies/offset-tables.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { getAllDelayOffset } from '../../../../src/protocol/requests/get-all-delay-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'

describe('GET_ALL_DELAY_OFFSET', () => {
  const broker = sharedBroker({ options: { messageDelayLevel: '1s 1h' } })

  const all = async () => (await broker().ask(getAllDelayOffset, {})).body.toString()

  it('answers what was delivered of each level, with bare levels', async () => {
    expect(await all()).to.match(/"offsetTable":\{\}\}$/)
    await broker().makeTopic('TDelayed', 1)
    for (const DELAY of ['1', '1', '2']) await broker().send('TDelayed', 'later', { properties: { DELAY } })
    await eventually(
      async () => readBody(delayOffsetsShape, await all()).offsetTable.get(1) === 2,
      'both messages of level 1 are delivered'
    )
    expect(await all()).to.match(
      /^\{"dataVersion":\{"counter":2,"stateVersion":0,"timestamp":\d{13}\},"offsetTable":\{1:2\}\}$/
    )
  })
})
