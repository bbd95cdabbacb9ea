/** Names, codes and bits that the wire gives a meaning. */
import { expect } from 'chai'
import fc from 'fast-check'
import { languageName, languageOrdinal } from '../../src/protocol/languages.ts'
import { isPermission, mayInherit, mayRead, mayWrite, permissionText } from '../../src/protocol/permissions.ts'
import { responseCodeName, responseCodes } from '../../src/protocol/response-codes.ts'
import { compressionOf } from '../../src/protocol/system-flags.ts'
import { javaHashCode, tagsCode, tagsCodeOfBytes } from '../../src/protocol/tags-code.ts'
import {
  deadLetterTopic,
  groupNameFault,
  groupOfRetryTopic,
  isNotForClients,
  isSystemGroup,
  isSystemTopic,
  retryTopic,
  topicNameFault
} from '../../src/protocol/topic-names.ts'
import { ownVersion, versionName, versions } from '../../src/protocol/versions.ts'

describe('tag codes', () => {
  it("are Java's hash codes", () => {
    expect(javaHashCode('')).to.equal(0)
    expect(javaHashCode('TagA')).to.equal(2_598_919)
    expect(javaHashCode('polygenelubricants')).to.equal(-(2 ** 31))
    expect(javaHashCode('支付')).to.equal(823_177)
    expect(tagsCode(undefined)).to.equal(0)
    expect(tagsCode('TagA')).to.equal(2_598_919)
  })

  it('are the same when taken from bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const bytes = Buffer.from(`x${text}y`)
        expect(tagsCodeOfBytes(bytes, 1, bytes.length - 1)).to.equal(javaHashCode(text))
      })
    )
  })
})

describe('names of topics and groups', () => {
  it('may hold letters, digits and some signs, up to a length', () => {
    expect(topicNameFault('Orders_1-%|x')).to.equal(undefined)
    expect(topicNameFault('t'.repeat(127))).to.equal(undefined)
    expect(topicNameFault('t'.repeat(128))).to.match(/at most 127/)
    expect(topicNameFault(retryTopic('g'.repeat(248)))).to.equal(undefined)
    expect(topicNameFault(deadLetterTopic('g'.repeat(251)))).to.match(/at most 255/)
    expect(groupNameFault('g'.repeat(120))).to.equal(undefined)
    expect(groupNameFault('g'.repeat(121))).to.match(/at most 120/)
    for (const name of ['', ' ', 'a b', 'a/b', '../x', 'a.b', 'é', 'a\n', 'a\u0000']) {
      expect(topicNameFault(name), JSON.stringify(name)).to.be.a('string')
      expect(groupNameFault(name), JSON.stringify(name)).to.be.a('string')
    }
  })

  it('of the system are known', () => {
    for (const topic of ['TBW102', 'SCHEDULE_TOPIC_XXXX', 'rmq_sys_anything', 'CHECKPOINT_TOPIC']) {
      expect(isSystemTopic(topic), topic).to.equal(true)
    }
    expect(isSystemTopic('Orders')).to.equal(false)
    expect(isNotForClients('SCHEDULE_TOPIC_XXXX')).to.equal(true)
    expect(isNotForClients('TBW102')).to.equal(false)
    expect(isSystemGroup('TOOLS_CONSUMER')).to.equal(true)
    expect(isSystemGroup('CID_RMQ_SYS_TRANS')).to.equal(true)
    expect(isSystemGroup('Orders')).to.equal(false)
  })

  it('of retry topics tell their group', () => {
    expect(retryTopic('G')).to.equal('%RETRY%G')
    expect(deadLetterTopic('G')).to.equal('%DLQ%G')
    expect(groupOfRetryTopic('%RETRY%G')).to.equal('G')
    expect(groupOfRetryTopic('G')).to.equal(undefined)
  })
})

describe('codes and bits', () => {
  it('of versions follow the enum of Java', () => {
    expect(versions).to.include({ V4_9_4: 401, V5_0_0: 413, V5_3_1: 475, V5_5_0: 513 })
    expect(versionName(ownVersion)).to.equal('V5_5_0')
    expect([479, 493, 512, 317, 121, 5, -1].map(versionName)).to.deep.equal([
      'V5_3_3',
      'V5_4_0',
      'V5_5_0_SNAPSHOT',
      'V4_5_2',
      'V3_4_9',
      'V3',
      'V3'
    ])
  })

  it('of languages and answers have names', () => {
    expect(languageName(languageOrdinal('RUST'))).to.equal('RUST')
    expect(languageOrdinal('NODE_JS')).to.equal(13)
    expect(languageName(200)).to.equal('OTHER')
    expect(responseCodeName(responseCodes.PULL_NOT_FOUND)).to.equal('PULL_NOT_FOUND')
    expect(responseCodeName(4711)).to.equal('4711')
    expect(new Set(Object.values(responseCodes)).size).to.equal(Object.keys(responseCodes).length)
  })

  it('of permissions read as Java prints them', () => {
    expect([0, 2, 4, 6, 7].map(permissionText)).to.deep.equal(['---', '-W-', 'R--', 'RW-', 'RWX'])
    expect([mayRead(4), mayRead(2), mayWrite(2), mayWrite(4), mayInherit(7), mayInherit(6)]).to.deep.equal([
      true,
      false,
      true,
      false,
      true,
      false
    ])
    expect([-1, 0, 7, 8, 1.5].map(isPermission)).to.deep.equal([false, true, true, false, false])
  })

  it('of compression name the method', () => {
    expect([0x0, 0x1, 0x101, 0x201, 0x301, 0x401].map(compressionOf)).to.deep.equal([
      'none',
      'zlib',
      'lz4',
      'zstd',
      'zlib',
      undefined
    ])
  })
})
