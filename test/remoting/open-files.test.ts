import { existsSync } from 'node:fs'
import { expect } from 'chai'
import { openFilesMax } from '../../src/remoting/open-files.ts'

describe('the number of files that may be open', () => {
  it('is known where there is a /proc', async () => {
    const limit = await openFilesMax()
    if (existsSync('/proc/self/limits')) expect(limit).to.be.greaterThan(15)
    else expect(limit).to.equal(undefined)
  })
})
