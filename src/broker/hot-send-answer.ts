/** Answers of sends on the fast lane, written straight into the connection's output: what the general codec would write. */
import { type HeaderForm, headerForms } from '../protocol/command.ts'
import { digitsOf, putBytes, putInt, putNumber, putOffsetHex } from '../protocol/hot-answer.ts'
import { languageName, ownLanguage } from '../protocol/languages.ts'
import { ownVersion } from '../protocol/versions.ts'
import type { Peer } from '../remoting/peer.ts'

const offsetHexBytes = 16
const prefixBytes = 8
const binaryFixedBytes = 21

const queueIdName = Buffer.from('","queueId":"')
const queueOffsetName = Buffer.from('","queueOffset":"')
const transactionName = Buffer.from('","transactionId":"')
const jsonEnd = Buffer.from(`,"version":${ownVersion}}`)

/** Name and value as the binary form has them; without a value, the name alone. */
const binaryField = (name: string, value?: string): Buffer => {
  const bytes = Buffer.alloc(2 + name.length + (value === undefined ? 0 : 4 + Buffer.byteLength(value)))
  bytes.writeInt16BE(name.length)
  bytes.write(name, 2)
  if (value !== undefined) {
    bytes.writeInt32BE(Buffer.byteLength(value), 2 + name.length)
    bytes.write(value, 6 + name.length)
  }
  return bytes
}

const binaryMsgId = binaryField('msgId')
const binaryQueueId = binaryField('queueId')
const binaryQueueOffset = binaryField('queueOffset')
const binaryTransaction = binaryField('transactionId')

/** Code SUCCESS, language, version. */
const binaryStart = Buffer.alloc(5)
binaryStart.writeUInt8(ownLanguage, 2)
binaryStart.writeInt16BE(ownVersion, 3)

/** What is the same in all answers of a broker. */
export interface SendAnswerConstants {
  /** Address and port of the broker in its offset ids. */
  readonly storeHost: Buffer
  readonly region: string
  readonly trace: string
}

/** What differs. `key` is ASCII that needs no escapes. */
export interface SendAnswerFields {
  readonly opaque: number
  readonly queueId: number
  readonly queueOffset: number
  readonly physicalOffset: number
  readonly key: Uint8Array
  readonly keyLength: number
}

export class SendAnswers {
  readonly #host: Buffer
  readonly #jsonStart: Buffer
  readonly #jsonTail: Buffer
  readonly #binaryTail: Buffer

  constructor({ storeHost, region, trace }: SendAnswerConstants) {
    this.#host = Buffer.from(storeHost.toString('hex').toUpperCase())
    this.#jsonStart = Buffer.concat([Buffer.from('{"code":0,"extFields":{"msgId":"'), this.#host])
    this.#jsonTail = Buffer.from(
      `","MSG_REGION":${JSON.stringify(region)},"TRACE_ON":${JSON.stringify(trace)}},` +
        `"flag":1,"language":"${languageName(ownLanguage)}","opaque":`
    )
    this.#binaryTail = Buffer.concat([binaryField('MSG_REGION', region), binaryField('TRACE_ON', trace)])
  }

  write(peer: Peer, form: HeaderForm, fields: SendAnswerFields): void {
    if (form === headerForms.json) this.#json(peer, fields)
    else this.#binary(peer, fields)
  }

  #json(peer: Peer, { opaque, queueId, queueOffset, physicalOffset, key, keyLength }: SendAnswerFields): void {
    const queueDigits = digitsOf(queueId)
    const offsetDigits = digitsOf(queueOffset)
    const opaqueDigits = digitsOf(opaque)
    const start = this.#jsonStart
    const tail = this.#jsonTail
    const header =
      start.length +
      offsetHexBytes +
      queueIdName.length +
      queueDigits +
      queueOffsetName.length +
      offsetDigits +
      transactionName.length +
      keyLength +
      tail.length +
      opaqueDigits +
      jsonEnd.length
    const claim = peer.claim(prefixBytes + header)
    if (claim === undefined) return
    const { bytes } = claim
    let at = putInt(bytes, claim.at, 4 + header)
    at = putInt(bytes, at, header)
    at = putBytes(bytes, at, start, start.length)
    at = putOffsetHex(bytes, at, physicalOffset)
    at = putBytes(bytes, at, queueIdName, queueIdName.length)
    at = putNumber(bytes, at, queueId, queueDigits)
    at = putBytes(bytes, at, queueOffsetName, queueOffsetName.length)
    at = putNumber(bytes, at, queueOffset, offsetDigits)
    at = putBytes(bytes, at, transactionName, transactionName.length)
    at = putBytes(bytes, at, key, keyLength)
    at = putBytes(bytes, at, tail, tail.length)
    at = putNumber(bytes, at, opaque, opaqueDigits)
    putBytes(bytes, at, jsonEnd, jsonEnd.length)
  }

  #binary(peer: Peer, { opaque, queueId, queueOffset, physicalOffset, key, keyLength }: SendAnswerFields): void {
    const queueDigits = digitsOf(queueId)
    const offsetDigits = digitsOf(queueOffset)
    const names = binaryMsgId.length + binaryQueueId.length + binaryQueueOffset.length + binaryTransaction.length
    const values = this.#host.length + offsetHexBytes + queueDigits + offsetDigits + keyLength
    const ext = names + 16 + values + this.#binaryTail.length
    const header = binaryFixedBytes + ext
    const claim = peer.claim(prefixBytes + header)
    if (claim === undefined) return
    const { bytes } = claim
    let at = putInt(bytes, claim.at, 4 + header)
    at = putInt(bytes, at, headerForms.binary * 0x1000000 + header)
    at = putBytes(bytes, at, binaryStart, binaryStart.length)
    at = putInt(bytes, at, opaque)
    at = putInt(bytes, at, 1)
    at = putInt(bytes, at, 0)
    at = putInt(bytes, at, ext)
    at = putBytes(bytes, at, binaryMsgId, binaryMsgId.length)
    at = putInt(bytes, at, this.#host.length + offsetHexBytes)
    at = putBytes(bytes, at, this.#host, this.#host.length)
    at = putOffsetHex(bytes, at, physicalOffset)
    at = putBytes(bytes, at, binaryQueueId, binaryQueueId.length)
    at = putNumber(bytes, putInt(bytes, at, queueDigits), queueId, queueDigits)
    at = putBytes(bytes, at, binaryQueueOffset, binaryQueueOffset.length)
    at = putNumber(bytes, putInt(bytes, at, offsetDigits), queueOffset, offsetDigits)
    at = putBytes(bytes, at, binaryTransaction, binaryTransaction.length)
    at = putBytes(bytes, putInt(bytes, at, keyLength), key, keyLength)
    putBytes(bytes, at, this.#binaryTail, this.#binaryTail.length)
  }
}
