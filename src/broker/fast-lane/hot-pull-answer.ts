/** Answers of pulls, written straight into the connection's output: what the general codec would write. */
import { type HeaderForm, headerForms } from '../../protocol/command.ts'
import { digitsOf, putBytes, putInt, putNumber } from '../../protocol/hot-answer.ts'
import { languageName, ownLanguage } from '../../protocol/languages.ts'
import { ownVersion } from '../../protocol/versions.ts'
import type { Peer } from '../../remoting/peer.ts'

/** Java: PullMessageResponseHeader. */
export interface PullReplyHeader {
  suggestWhichBrokerId: number
  nextBeginOffset: number
  minOffset: number
  maxOffset: number
  topicSysFlag: number
  groupSysFlag: number
}

const prefixBytes = 8
const binaryFixedBytes = 13
const names = [
  'suggestWhichBrokerId',
  'nextBeginOffset',
  'minOffset',
  'maxOffset',
  'topicSysFlag',
  'groupSysFlag'
] as const satisfies readonly (keyof PullReplyHeader)[]

const jsonTail = `,"version":${ownVersion}}`
const jsonMiddle = `"},"flag":1,"language":"${languageName(ownLanguage)}","opaque":`

const binaryNames = names.map(name => {
  const bytes = Buffer.alloc(2 + name.length)
  bytes.writeInt16BE(name.length)
  bytes.write(name, 2)
  return bytes
})
const binaryNameBytes = binaryNames.reduce((sum, name) => sum + name.length + 4, 0)

/** `status` is the remark, plain ASCII. */
export const writePullAnswer = (
  peer: Peer,
  form: HeaderForm,
  opaque: number,
  code: number,
  status: string,
  header: PullReplyHeader,
  body: Buffer
): void => {
  if (form === headerForms.json) json(peer, opaque, code, status, header, body)
  else binary(peer, opaque, code, status, header, body)
}

const json = (
  peer: Peer,
  opaque: number,
  code: number,
  status: string,
  header: PullReplyHeader,
  body: Buffer
): void => {
  const text =
    `{"code":${code},"extFields":{"suggestWhichBrokerId":"${header.suggestWhichBrokerId}",` +
    `"nextBeginOffset":"${header.nextBeginOffset}","minOffset":"${header.minOffset}",` +
    `"maxOffset":"${header.maxOffset}","topicSysFlag":"${header.topicSysFlag}",` +
    `"groupSysFlag":"${header.groupSysFlag}${jsonMiddle}${opaque},"remark":"${status}"${jsonTail}`
  const claim = peer.claim(prefixBytes + text.length + body.length)
  if (claim === undefined) return
  const { bytes } = claim
  let at = putInt(bytes, claim.at, 4 + text.length + body.length)
  at = putInt(bytes, at, text.length)
  at += bytes.write(text, at, 'latin1')
  bytes.set(body, at)
}

const binary = (
  peer: Peer,
  opaque: number,
  code: number,
  status: string,
  header: PullReplyHeader,
  body: Buffer
): void => {
  let ext = binaryNameBytes
  for (const name of names) ext += digitsOf(header[name])
  const headerBytes = binaryFixedBytes + 8 + status.length + ext
  const claim = peer.claim(prefixBytes + headerBytes + body.length)
  if (claim === undefined) return
  const { bytes } = claim
  let at = putInt(bytes, claim.at, 4 + headerBytes + body.length)
  at = putInt(bytes, at, headerForms.binary * 0x1000000 + headerBytes)
  at = bytes.writeInt16BE(code, at)
  at = bytes.writeUInt8(ownLanguage, at)
  at = bytes.writeInt16BE(ownVersion, at)
  at = putInt(bytes, at, opaque)
  at = putInt(bytes, at, 1)
  at = putInt(bytes, at, status.length)
  at += bytes.write(status, at, 'latin1')
  at = putInt(bytes, at, ext)
  for (let i = 0; i < names.length; i++) {
    const value = header[names[i]!]
    const count = digitsOf(value)
    at = putBytes(bytes, at, binaryNames[i]!, binaryNames[i]!.length)
    at = putNumber(bytes, putInt(bytes, at, count), value, count)
  }
  bytes.set(body, at)
}
