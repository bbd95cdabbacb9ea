import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { mq } from '../../support/mq.ts'

describe('mq config schema', () => {
  it('takes what mq takes, and refuses what it refuses', async () => {
    const check = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse((await mq(['config', 'schema'])).stdout)
    )
    expect(check({ namesrv: ['a:1'], timeout: '5s', readOnly: true })).to.equal(true)
    for (const wrong of [{ token: 'x' }, { namesrv: 'nowhere' }, { timeout: 5 }, { api: 'ftp://x' }]) {
      expect(check(wrong), JSON.stringify(wrong)).to.equal(false)
    }
    expect(JSON.parse((await mq(['config', 'schema', '--of', 'context'])).stdout).properties).to.have.property('token')
  })
})
