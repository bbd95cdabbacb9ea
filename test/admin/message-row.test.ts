import { expect } from 'chai'
import { bodyText } from '../../src/admin/message-row.ts'

describe('bodies as text', () => {
  it('change nothing: text stays text, and bytes that are none become base64', () => {
    expect(bodyText(Buffer.from('grüße'))).to.deep.equal({ body: 'grüße', bodyEncoding: 'utf8' })
    expect(bodyText(Buffer.from('\ufeffmark'))).to.deep.equal({ body: '\ufeffmark', bodyEncoding: 'utf8' })
    expect(bodyText(Buffer.from([0xff, 0x00]))).to.deep.equal({ body: '/wA=', bodyEncoding: 'base64' })
  })
})
