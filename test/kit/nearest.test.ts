import { expect } from 'chai'
import { editDistance, nearest } from '../../src/kit/nearest.ts'

describe('nearest name', () => {
  it('counts edits', () => {
    expect(editDistance('', 'abc')).to.equal(3)
    expect(editDistance('kitten', 'sitting')).to.equal(3)
    expect(editDistance('prot', 'port')).to.equal(1)
  })

  it('is the closest one that is close enough', () => {
    const known = ['fileReservedTime', 'flushDiskType', 'listenPort']
    expect(nearest('fileReservedtime', known)).to.equal('fileReservedTime')
    expect(nearest('flushDiskTyp', known)).to.equal('flushDiskType')
    expect(nearest('lisenProt', known)).to.equal('listenPort')
    expect(nearest('somethingElse', known)).to.equal(undefined)
    expect(nearest('x'.repeat(1000), known)).to.equal(undefined)
  })
})
