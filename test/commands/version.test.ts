import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { mq } from '../support/mq.ts'

describe('mq version', () => {
  it('tells its own and that of Node', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    const shown = JSON.parse((await mq(['version', '--json'])).stdout)
    expect(shown).to.include({ mq: version, node: process.versions.node })
    expect((await mq(['version'])).stdout).to.match(new RegExp(`^mq ${version}, Node `))
  })
})
