import { expect } from 'chai'
import fc from 'fast-check'
import { createDelayLevels } from '../../../src/broker/delay/delay-levels.ts'
import { delayLevelOf, divert, tagsCodeOfStored } from '../../../src/broker/delay/delayed-message.ts'
import { formatProperties, parseProperties } from '../../../src/protocol/message-properties.ts'
import { tagsCode } from '../../../src/protocol/tags-code.ts'
import { manualClock } from '../../support/manual-clock.ts'

const levels = createDelayLevels(manualClock())
const target = { topic: 'T', queueId: 3, tagsCode: 42 }

describe('delayed messages', () => {
  it('go to their level and remember where they were meant for', () => {
    const properties = new Map([['DELAY', '2']])
    expect(divert(target, properties, levels)).to.deep.equal({
      topic: 'SCHEDULE_TOPIC_XXXX',
      queueId: 1,
      tagsCode: levels.now() + 5000
    })
    expect(Object.fromEntries(properties)).to.deep.equal({ DELAY: '2', REAL_TOPIC: 'T', REAL_QID: '3' })
    const far = new Map([['DELAY', '1000']])
    expect(divert(target, far, levels).queueId).to.equal(17)
    expect(far.get('DELAY')).to.equal('18')
  })

  it('are none without a level above 0', () => {
    for (const text of [undefined, '0', '-1']) {
      const properties = new Map(text === undefined ? [] : [['DELAY', text]])
      expect(divert(target, properties, levels)).to.equal(target)
    }
    expect(() => delayLevelOf(new Map([['DELAY', '1h']]))).to.throw(/DELAY/)
  })

  it('give the store the same tag code when it rebuilds a queue', () => {
    const codeOf = tagsCodeOfStored(levels)
    expect(codeOf('SCHEDULE_TOPIC_XXXX', Buffer.from('TAGS\u0001a\u0002DELAY\u00013\u0002'), 1000)).to.equal(11_000)
    const piece = fc.oneof(
      fc.constantFrom('TAGS', 'TAG', 'TAGSX', 'é', 'a', '\u0001', '\u0002', 'TAGS\u0001x\u0002'),
      fc.string()
    )
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const text = pieces.join('')
        const properties = formatProperties(parseProperties(text))
        expect(codeOf('T', Buffer.from(properties), 0)).to.equal(tagsCode(parseProperties(properties).get('TAGS')))
      })
    )
  })
})
