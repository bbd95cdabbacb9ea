import { expect } from 'chai'
import { TopicChanges } from '../../../src/broker/topics/topic-changes.ts'

describe('topic changes', () => {
  const table = () => {
    let counter = 0
    let tell: (names: readonly string[]) => void = () => {}
    const topics = {
      get dataVersion() {
        return { stateVersion: 0, timestamp: 0, counter }
      },
      onChange(listener: (names: readonly string[]) => void) {
        tell = listener
      }
    }
    const changes = new TopicChanges(topics)
    const change = (...names: string[]) => {
      counter++
      tell(names)
    }
    const since = (version: number | undefined) => {
      const found = changes.since(version)
      return found === undefined ? 'all' : [...found].sort().join()
    }
    return { change, since }
  }

  it('are those after a version, each topic once', () => {
    const { change, since } = table()
    change('a')
    change('b', 'c')
    change('a')
    expect([since(0), since(1), since(2), since(3)]).to.deep.equal(['a,b,c', 'a,b,c', 'a', ''])
  })

  it('are all topics when the version is unknown, too old, from elsewhere, or when everything changed', () => {
    const { change, since } = table()
    change('a')
    expect([since(undefined), since(9)]).to.deep.equal(['all', 'all'])
    change()
    expect(since(1)).to.equal('all')
    change('b')
    expect([since(1), since(2)]).to.deep.equal(['all', 'b'])
    for (let n = 0; n < 300; n++) change(`t${n}`)
    expect(since(2)).to.equal('all')
    expect(since(302)).to.equal('t299')
  })
})
