/** Answers of sends on the fast lane, written straight into the connection's output: what the general codec would write. */
import { type Command, emptyBody, type HeaderForm, headerForms } from '../../protocol/command.ts'
import { encodeFrame } from '../../protocol/frame.ts'
import { jsonHeader } from '../../protocol/header-json.ts'
import { digitsOf, putBytes, putInt, putNumber, putOffsetHex } from '../../protocol/hot-answer.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { responseTo } from '../../remoting/dispatch.ts'
import type { Peer } from '../../remoting/peer.ts'

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

/**
 * A whole frame for one combination of lengths, and where its variable parts stand. Copying it and writing over those parts
 * is twice as fast as laying out an answer piece by piece.
 */
interface Template {
  readonly bytes: Buffer
  readonly physicalOffsetAt: number
  readonly queueIdAt: number
  readonly queueOffsetAt: number
  readonly keyAt: number
  readonly opaqueAt: number
}

/** Combinations kept; queues and keys are of few lengths, offsets and opaques grow slowly. */
const templatesMax = 4096

export class SendAnswers {
  readonly #constants: SendAnswerConstants
  readonly #templates = new Map<number, Template>()
  #lastKind = -1
  #last: Template | undefined

  constructor(constants: SendAnswerConstants) {
    this.#constants = constants
  }

  write(peer: Peer, form: HeaderForm, fields: SendAnswerFields): void {
    const { opaque, queueId, queueOffset, physicalOffset, key, keyLength } = fields
    const queueDigits = digitsOf(queueId)
    const offsetDigits = digitsOf(queueOffset)
    const opaqueDigits = form === headerForms.json ? digitsOf(opaque) : 0
    const kind = (((keyLength * 16 + offsetDigits) * 16 + queueDigits) * 16 + opaqueDigits) * 2 + form
    const template = kind === this.#lastKind ? (this.#last as Template) : this.#template(kind, form, fields)
    const claim = peer.claim(template.bytes.length)
    if (claim === undefined) return
    const { bytes, at } = claim
    bytes.set(template.bytes, at)
    putOffsetHex(bytes, at + template.physicalOffsetAt, physicalOffset)
    putNumber(bytes, at + template.queueIdAt, queueId, queueDigits)
    putNumber(bytes, at + template.queueOffsetAt, queueOffset, offsetDigits)
    putBytes(bytes, at + template.keyAt, key, keyLength)
    if (opaqueDigits > 0) putNumber(bytes, at + template.opaqueAt, opaque, opaqueDigits)
    else putInt(bytes, at + template.opaqueAt, opaque)
  }

  #template(kind: number, form: HeaderForm, fields: SendAnswerFields): Template {
    let template = this.#templates.get(kind)
    if (template === undefined) {
      template = makeTemplate(form, this.#constants, fields)
      if (this.#templates.size >= templatesMax) this.#templates.clear()
      this.#templates.set(kind, template)
    }
    this.#lastKind = kind
    this.#last = template
    return template
  }
}

/** Marks that stand for the variable parts while a template is made; nothing else in an answer looks like them. */
const marks = {
  physical: '\u0010'.repeat(16),
  queueId: '\u0011',
  queueOffset: '\u0012',
  key: '\u0013',
  opaque: 0x14141414
}

const makeTemplate = (
  form: HeaderForm,
  { storeHost, region, trace }: SendAnswerConstants,
  { opaque, queueId, queueOffset, keyLength }: SendAnswerFields
): Template => {
  const queueMark = marks.queueId.repeat(digitsOf(queueId))
  const offsetMark = marks.queueOffset.repeat(digitsOf(queueOffset))
  const keyMark = marks.key.repeat(keyLength)
  const fields = new Map([
    ['msgId', storeHost.toString('hex').toUpperCase() + marks.physical],
    ['queueId', queueMark],
    ['queueOffset', offsetMark],
    ['transactionId', keyMark],
    ['MSG_REGION', region],
    ['TRACE_ON', trace]
  ])
  const binary = form === headerForms.binary
  const answer = { code: responseCodes.SUCCESS, remark: undefined, fields, body: emptyBody }
  const command = responseTo({ opaque: binary ? marks.opaque : opaque, form }, answer)
  const bytes = binary ? encodeFrame(command) : unescapedFrame(command)
  // Each is looked for behind the one before it, since lengths in the frame can look like a mark. A key as long as its mark's
  // number has such a length right before it.
  const physicalOffsetAt = bytes.indexOf(marks.physical)
  const queueIdAt = bytes.indexOf(queueMark, physicalOffsetAt)
  const queueOffsetAt = bytes.indexOf(offsetMark, queueIdAt)
  const keyAt = bytes.lastIndexOf(keyMark)
  const opaqueAt = binary ? bytes.indexOf('\u0014'.repeat(4)) : bytes.lastIndexOf('"opaque":') + 9
  return { bytes, physicalOffsetAt, queueIdAt, queueOffsetAt, keyAt, opaqueAt }
}

/** The frame with the marks themselves where JSON has put escapes of them. */
const unescapedFrame = (command: Command): Buffer => {
  const header = jsonHeader(command).replace(/\\u001([0-3])/g, (_, digit) => String.fromCharCode(0x10 + Number(digit)))
  const bytes = Buffer.alloc(8 + Buffer.byteLength(header))
  bytes.writeUInt32BE(bytes.length - 4)
  bytes.writeUInt32BE(bytes.length - 8, 4)
  bytes.write(header, 8)
  return bytes
}
