import { createRequire } from 'node:module'
import { expect } from 'chai'
import { ownCopyOf } from '../../src/kit/own-copy.ts'

const require = createRequire(import.meta.url)

describe('own copy', () => {
  it('is another one each time, and leaves the copy of the others where it was', () => {
    const shared = require('@bokuweb/zstd-wasm') as unknown
    const files = Object.keys(require.cache)
    const [one, two] = [ownCopyOf('@bokuweb/zstd-wasm'), ownCopyOf('@bokuweb/zstd-wasm')]
    expect(new Set([shared, one, two]).size).to.equal(3)
    expect(one).to.have.keys(Object.keys(shared as object))
    expect(require('@bokuweb/zstd-wasm')).to.equal(shared)
    expect(Object.keys(require.cache)).to.have.members(files)
  })

  it('throws for a package that is not there', () => {
    expect(() => ownCopyOf('not-there-at-all')).to.throw(/not-there-at-all/)
  })
})
